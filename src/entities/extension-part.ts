/**
 * The part of an extension in a region: it has its own state, observes the facts of the region, emits facts, and runs
 * actors with its own statecharts.
 */
import type { AnyStateMachine } from 'xstate';
import { type Column, NULL, type RecordOf } from '../domain/columns.ts';
import type { ExtensionFact } from '../domain/extension-tables.ts';
import type { FactKind } from '../domain/fact-kind.ts';
import {
  FACT_NAMES,
  FACTS,
  type FactName,
  type FactRecord,
  type FactSink,
} from '../domain/facts.ts';
import type { Sections } from '../domain/plain-data.ts';
import type { Effects } from '../policy/effects.ts';
import type { RegionPlan, World } from '../world/world.ts';
import type { ActorEntity, SavedState, StatefulPart } from './state.ts';

/** Kinds of facts by table. */
export type ExtensionFacts = Readonly<Record<string, ExtensionFact>>;
/** Columns at the end of built-in tables, by table. */
export type ExtensionColumns = { readonly [Table in FactName]?: readonly Column[] };

/** Fields of a fact that an extension emits; `eventMs` is the region's time unless it is given. */
export type EmittedFields<Columns extends readonly Column[]> = Omit<
  RecordOf<Columns>,
  'eventMs'
> & {
  /** When it happens, epoch ms; the region's time without it. */
  readonly eventMs?: number;
};

/** What a region offers to an extension. */
export interface ExtensionRegion<Facts extends ExtensionFacts = ExtensionFacts> {
  /** Simulated time, epoch ms. */
  readonly nowMs: number;
  /** The seed of the world, for substreams. */
  readonly seed: number;
  /** The world that the region is a part of. */
  readonly world: World;
  /** The distribution center with its stores. */
  readonly plan: RegionPlan;
  /** What scenarios and disruptions do to it. */
  readonly effects: Effects;
  /** Emits a fact of a kind that the extension declares. @throws Error if a field is missing or unknown */
  emit<Table extends keyof Facts & string>(
    table: Table,
    fields: Readonly<EmittedFields<Facts[Table]['columns']>>,
  ): void;
  /** Starts an actor of one of the extension's statecharts and returns its handle. */
  start(statechart: AnyStateMachine, entity: object): number;
  /** Sends an event to an actor now. */
  send(handle: number, type: string, argument?: number): void;
  /** Sends an event to an actor at a later time, epoch ms. */
  sendAt(atMs: number, handle: number, type: string, argument: number): void;
}

/** Listeners by table. A record is reused after the call: copy values that are needed later. */
export type FactListeners<Columns extends ExtensionColumns = ExtensionColumns> = {
  readonly [Table in FactName]?: (
    record: FactRecord<Table> &
      (Columns[Table] extends readonly Column[] ? RecordOf<Columns[Table]> : unknown),
  ) => void;
};

/** An extension in one region. */
export interface ExtensionPart<Columns extends ExtensionColumns = ExtensionColumns> {
  /** Called before a fact is recorded; sets the fields of the extension's columns and changes nothing else. */
  readonly before?: FactListeners<Columns>;
  /** Called after a fact was recorded; may emit facts that it causes. */
  readonly after?: FactListeners<Columns>;
  /** Called once when the world opens; starts actors. */
  begin?(): void;
  /** Returns all state as plain data and typed arrays, by name. A part without `save` has no state. */
  save?(): Sections;
  /** Restores the state that `save` returned. Called once, instead of `begin`. */
  restore?(saved: SavedState): void;
  /** The entities of running actors, with their handles; called after `restore`. */
  actors?(): Iterable<ActorEntity>;
}

/** An extension that has a part in every region. */
export interface RegionExtension {
  readonly name: string;
  /** All statecharts that its actors may have. */
  readonly statecharts: readonly AnyStateMachine[];
  open(region: ExtensionRegion): ExtensionPart;
}

const extensions: RegionExtension[] = [];

/** Returns the extensions with a part in every region, in order of registration. */
export function regionExtensions(): readonly RegionExtension[] {
  return extensions;
}

/** Adds an extension to all regions that are created from now on. */
export function addRegionExtension(extension: RegionExtension): void {
  extensions.push(extension);
}

/** The part of an extension as a part of the region; its checkpoint sections begin with its name. */
export class ExtensionState implements StatefulPart {
  readonly part: ExtensionPart;
  private readonly prefix: string;

  constructor(extension: RegionExtension, region: ExtensionRegion) {
    this.part = extension.open(region);
    this.prefix = `extension/${extension.name}/`;
  }

  save(): Sections {
    const { part, prefix } = this;
    const sections = Object.entries(part.save?.() ?? {});
    return Object.fromEntries(sections.map(([name, value]) => [prefix + name, value]));
  }

  restore(saved: SavedState): void {
    this.part.restore?.(saved.below(this.prefix));
  }

  actors(): Iterable<ActorEntity> {
    return this.part.actors?.() ?? [];
  }
}

/** Returns a sink that passes facts on, and to which `addListeners` can add listeners. */
export function observableSink(facts: FactSink): FactSink {
  const passOn = (name: FactName) => (record: never) => facts[name](record);
  return Object.fromEntries(FACT_NAMES.map((name) => [name, passOn(name)])) as unknown as FactSink;
}

/** Calls the listeners of an extension for the facts of an observable sink. */
export function addListeners(facts: FactSink, { before = {}, after = {} }: ExtensionPart): void {
  const sink = facts as Record<string, (record: never) => void>;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const record = sink[name];
    const first = before[name as FactName] as ((record: never) => void) | undefined;
    const then = after[name as FactName] as ((record: never) => void) | undefined;
    sink[name] = (fact) => {
      first?.(fact);
      record(fact);
      then?.(fact);
    };
  }
}

/** Fills a record of a table with fields. @throws Error naming a missing or unknown field */
export function fillRecord(
  table: string,
  record: Record<string, number | string>,
  fields: Readonly<Record<string, number | string>>,
  nowMs: number,
): void {
  const { columns, links }: FactKind = FACTS[table as FactName];
  let used = 0;
  const take = ({ field, nullable, type }: Column, isLink: boolean) => {
    const value = fields[field];
    if (value !== undefined) {
      used++;
      record[field] = value;
    } else if (field === 'eventMs') record[field] = nowMs;
    else if (nullable || isLink) record[field] = type === 'text' ? '' : NULL;
    else throw new Error(`Cannot emit a fact of "${table}": its field "${field}" is missing`);
  };
  for (const column of columns) take(column, false);
  for (const column of links) take(column, true);
  if (used === Object.keys(fields).length) return;
  const known = [...columns, ...links].map(({ field }) => field);
  const unknown = Object.keys(fields).find((field) => !known.includes(field));
  throw new Error(
    `Cannot emit a fact of "${table}": it has no field "${unknown}", only ${known.join(', ')}`,
  );
}
