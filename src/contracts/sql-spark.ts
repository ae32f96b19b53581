/** The contracts as tables of Spark and Databricks, in Delta. */
import type { Contract } from './contract.ts';
import { createTable, type Dialect, heading, script, typeIn } from './sql-table.ts';

export function sparkSql(all: readonly Contract[], version: number): string {
  return script([
    heading(
      `The tables of a world of version ${version}, for Spark and Databricks.`,
      'Instants are UTC (set spark.sql.session.timeZone to UTC), money is in dollars.',
    ),
    ...all.map((contract) => createTable(contract, SPARK)),
  ]);
}

/** Spark reads a backslash in a literal as an escape. */
function sparkLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const SPARK: Dialect = {
  name: (name) => `\`${name}\``,
  type: typeIn({
    instant: 'TIMESTAMP',
    date: 'DATE',
    int: 'INT',
    decimal: 'DECIMAL',
    bool: 'BOOLEAN',
    text: 'STRING',
  }),
  columnTail: ({ about }) => ` COMMENT ${sparkLiteral(about)}`,
  tableTail: ({ about }) => ` USING DELTA COMMENT ${sparkLiteral(about)}`,
};
