/** The tables as sources of dbt: columns, types, and tests of keys, nulls, values and relations. */
import { stringify } from 'yaml';
import type { Contract } from './contract.ts';
import type { ContractColumn } from './event-columns.ts';
import { referencesWithin, typeIn } from './sql-table.ts';

/** Name of the source: `source('retail', 'receipts')`. */
const SOURCE = 'retail';

/** @param all contracts; each is a table of the source */
export function dbtSources(all: readonly Contract[], version: number): string {
  const document = {
    version: 2,
    sources: [
      {
        name: SOURCE,
        description: `A world of version ${version}.`,
        tables: all.map((contract) => table(contract, all)),
      },
    ],
  };
  return stringify(document, { lineWidth: 0 });
}

function table(contract: Contract, all: readonly Contract[]) {
  const { name, about, columns } = contract;
  return { name, description: about, columns: columns.map((each) => column(each, contract, all)) };
}

function column(each: ContractColumn, contract: Contract, all: readonly Contract[]) {
  const { name, about, nullable, values } = each;
  const reference = referencesWithin(contract, all).find((other) => other.name === name);
  const tests = [
    ...(nullable ? [] : ['not_null']),
    ...(contract.key.length === 1 && contract.key[0] === name ? ['unique'] : []),
    ...(values ? [{ accepted_values: { arguments: { values: [...values] } } }] : []),
    ...(reference ? [relation(reference)] : []),
  ];
  return {
    name,
    description: about,
    data_type: dbtType(each),
    ...(tests.length > 0 && { data_tests: tests }),
  };
}

function relation({ table: other, column: field }: { table: string; column: string }) {
  return { relationships: { arguments: { to: `source('${SOURCE}', '${other}')`, field } } };
}

/** Names that the adapters of DuckDB, PostgreSQL, Spark and Fabric map to their own. */
const dbtType = typeIn({
  instant: 'timestamp',
  date: 'date',
  int: 'integer',
  decimal: 'decimal',
  bool: 'boolean',
  text: 'varchar',
});
