/** Keeps every fact in memory: for tests and small worlds. */
import { FACT_NAMES, type FactName, type FactRecord, type FactSink } from '../../domain/facts.ts';

export type FactLists = { readonly [Name in FactName]: FactRecord<Name>[] };

export class MemorySink {
  readonly facts: FactSink;
  /** Copies of the records, by table, in the order of their arrival. */
  readonly lists: FactLists;

  constructor() {
    const lists = Object.fromEntries(FACT_NAMES.map((name) => [name, [] as object[]]));
    this.lists = lists as unknown as FactLists;
    this.facts = Object.fromEntries(
      FACT_NAMES.map((name) => [name, (record: object) => lists[name].push({ ...record })]),
    ) as unknown as FactSink;
  }

  get rows(): number {
    return FACT_NAMES.reduce((sum, name) => sum + this.lists[name].length, 0);
  }
}
