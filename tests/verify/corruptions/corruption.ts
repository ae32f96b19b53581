/** Damage to one row of a world that was made by the simulation, as an accident might do it. */
export interface Corruption {
  /** Table that is damaged. */
  readonly table: string;
  /** Column that is damaged, or `row`. */
  readonly column: string;
  /** How: `null`, `neighbour`, `unit` … */
  readonly kind: string;
  /** Which row, so that some columns are damaged in several. */
  readonly place: number;
  /** Statements on the loaded tables; `{row}` stands for the number of the damaged row. */
  readonly sql: readonly string[];
  /** Condition on the row that is damaged. */
  readonly where: string;
}

/** Names the corruption in a report: `receipts.Total unit`. */
export function nameOf({ table, column, kind }: Corruption): string {
  return `${table}.${column} ${kind}`;
}
