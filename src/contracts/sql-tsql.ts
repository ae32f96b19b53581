/** The contracts as tables of Microsoft Fabric Warehouse, Azure Synapse, Azure SQL and SQL Server. */
import type { Contract } from './contract.ts';
import type { ContractColumn } from './event-columns.ts';
import { createTable, type Dialect, heading, script, typeIn } from './sql-table.ts';

/** Longest id, pseudonym or value. */
const SHORT_LENGTH = 64;
const TEXT_LENGTH = 1000;

export function tsqlSql(all: readonly Contract[], version: number): string {
  return script([
    heading(
      `The tables of a world of version ${version}, for Fabric Warehouse, Azure Synapse, Azure SQL and SQL Server.`,
      'Instants are UTC, money is in dollars, an empty field of a file is null. Texts are UTF-8.',
      'Fabric Warehouse and Synapse take the keys as they are. Azure SQL and SQL Server enforce keys:',
      'remove NOT ENFORCED there.',
    ),
    ...all.flatMap((contract) => [createTable(contract, TSQL), primaryKey(contract)]),
  ]);
}

const quoted = (name: string) => `[${name}]`;

/** Only types that all four have; their default collations differ, so texts state none. */
const TSQL: Dialect = {
  name: quoted,
  type: typeIn({
    instant: 'datetime2(3)',
    date: 'date',
    int: 'int',
    decimal: 'decimal',
    bool: 'bit',
    text: textType,
  }),
};

/** Longer for texts that no key contains. */
function textType({ name, type }: ContractColumn): string {
  return `varchar(${type === 'text' && !isId(name) ? TEXT_LENGTH : SHORT_LENGTH})`;
}

/** Ids that a key may contain, which must be short. */
function isId(name: string): boolean {
  return name.endsWith('_id') || name.endsWith('Code') || name.endsWith('Id');
}

function primaryKey({ name, key }: Contract): string {
  return (
    `ALTER TABLE ${quoted(name)} ADD CONSTRAINT ${quoted(`PK_${name}`)} ` +
    `PRIMARY KEY NONCLUSTERED (${key.map(quoted).join(', ')}) NOT ENFORCED;`
  );
}
