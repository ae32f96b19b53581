/** The formats in which contracts are written. */
import { avro } from './avro.ts';
import type { Contract } from './contract.ts';
import { dbtSources } from './dbt.ts';
import { jsonSchemas } from './json-schema.ts';
import { kql } from './kql.ts';
import { contractsJson } from './contracts-json.ts';
import { markdown } from './markdown.ts';
import { duckdbSql } from './sql-duckdb.ts';
import { postgresSql } from './sql-postgres.ts';
import { sparkSql } from './sql-spark.ts';
import { sqliteSql } from './sql-sqlite.ts';
import { tsqlSql } from './sql-tsql.ts';

export interface ContractFormat {
  /** What the help says of it. */
  readonly about: string;
  /** @param version version of the world */
  readonly text: (contracts: readonly Contract[], version: number) => string;
  /** Extension of a file of it. */
  readonly extension: string;
  /** What it describes unless names are given; undefined for everything. */
  readonly kinds?: readonly Contract['kind'][];
}

const TABLES: readonly Contract['kind'][] = ['master', 'fact', 'closing'];

export const CONTRACT_FORMATS = {
  markdown: { about: 'a page to read', text: markdown, extension: 'md' },
  json: {
    about: 'Table Schema, as schema/schema.json has it',
    text: contractsJson,
    extension: 'json',
  },
  'json-schema': { about: 'JSON Schema 2020-12', text: jsonSchemas, extension: 'json' },
  'sql-duckdb': { about: 'DuckDB', text: duckdbSql, extension: 'sql', kinds: TABLES },
  'sql-postgres': { about: 'PostgreSQL', text: postgresSql, extension: 'sql', kinds: TABLES },
  'sql-sqlite': { about: 'SQLite', text: sqliteSql, extension: 'sql', kinds: TABLES },
  'sql-tsql': {
    about: 'Fabric Warehouse, Synapse, Azure SQL, SQL Server',
    text: tsqlSql,
    extension: 'sql',
    kinds: TABLES,
  },
  'sql-spark': { about: 'Spark, Databricks', text: sparkSql, extension: 'sql', kinds: TABLES },
  kql: { about: 'Kusto: Azure Data Explorer, Fabric Eventhouse', text: kql, extension: 'kql' },
  avro: { about: 'Avro schemas', text: avro, extension: 'json' },
  dbt: { about: 'sources of dbt', text: dbtSources, extension: 'yml', kinds: TABLES },
} as const satisfies Record<string, ContractFormat>;

export type ContractFormatName = keyof typeof CONTRACT_FORMATS;
export const CONTRACT_FORMAT_NAMES = Object.keys(CONTRACT_FORMATS) as ContractFormatName[];
