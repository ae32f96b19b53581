/**
 * What extensions add to the catalogue: kinds of facts, and columns at the end of those that there are.
 *
 * The catalogue is one for the whole process. It is added to before a world is made, and never again smaller: headers,
 * encoders, events, schemas, SQL types and previews follow from it as they do for built-in tables.
 */
import type { Column } from './columns.ts';
import type { EventRule } from './event-rule.ts';
import { EVENT_RULES, EVENT_TYPES, eventTypesOf } from './event-rules.ts';
import type { FactKind } from './fact-kind.ts';
import { FACT_NAMES, FACTS, type FactName } from './facts.ts';
import type { TableVolume } from './table-volume.ts';

/** A kind of fact that an extension declares: what the catalogue says of it, its event, and how many there are. */
export interface ExtensionFact extends FactKind {
  /** How a fact of this kind becomes an event. */
  readonly event: EventRule;
  /** How many rows there are, for `sim estimate`. */
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

/** How many rows the tables of extensions have, by table. */
export function extensionVolumes(): ReadonlyMap<string, TableVolume> {
  return VOLUMES;
}
