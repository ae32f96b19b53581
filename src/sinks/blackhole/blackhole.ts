/** Counts facts and discards them: measures a simulation without output. */
import { FACT_NAMES, type FactName, type FactSink } from '../../domain/facts.ts';

export class BlackholeSink {
  readonly facts: FactSink;
  private readonly counters: readonly { readonly table: FactName; rows: number }[];

  constructor() {
    this.counters = FACT_NAMES.map((table) => ({ table, rows: 0 }));
    this.facts = Object.fromEntries(
      this.counters.map((counter) => [
        counter.table,
        () => {
          counter.rows++;
        },
      ]),
    ) as unknown as FactSink;
  }

  get rows(): number {
    return this.counters.reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Returns the number of rows so far, by table. */
  rowsByTable(): Record<FactName, number> {
    const rows = this.counters.map(({ table, rows }) => [table, rows]);
    return Object.fromEntries(rows) as Record<FactName, number>;
  }
}
