/**
 * Adds kinds of facts and columns of extensions to the catalogue.
 *
 * A process has one catalogue. Extensions are added before a world is created, and never removed: headers, encoders,
 * events, schemas, SQL types and previews follow from the catalogue as for built-in tables.
 */
import type { Column } from './columns.ts';
import type { EventRule } from './event-rule.ts';
import { EVENT_RULES, EVENT_TYPES, eventTypesOf } from './event-rules.ts';
import type { FactKind } from './fact-kind.ts';
import { FACT_NAMES, FACTS, type FactName } from './facts.ts';
import type { TableVolume } from './table-volume.ts';

/** A kind of fact of an extension: its entry in the catalogue, its event rule, and its volume. */
export interface ExtensionFact extends FactKind {
  /** How a fact of this kind is converted into an event. */
  readonly event: EventRule;
  /** Number of rows, for `sim estimate`. */
  readonly volume: TableVolume;
}

/** Adds a kind of fact. The name must be new. */
export function addFact(name: string, { event, volume, ...kind }: ExtensionFact): void {
  Object.assign(FACTS, { [name]: kind });
  Object.assign(EVENT_RULES, { [name]: event });
  (FACT_NAMES as string[]).push(name);
  for (const type of eventTypesOf(name as FactName)) {
    if (!EVENT_TYPES.includes(type)) (EVENT_TYPES as string[]).push(type);
  }
  VOLUMES.set(name, volume);
}

/** Adds columns at the end of a kind of fact. Their names must be new in it. */
export function addColumns(table: FactName, columns: readonly Column[]): void {
  (FACTS[table].columns as readonly Column[] as Column[]).push(...columns);
}

const VOLUMES = new Map<string, TableVolume>();

/** Returns the volumes of the tables of extensions, by table. */
export function extensionVolumes(): ReadonlyMap<string, TableVolume> {
  return VOLUMES;
}
