/** The contracts as tables of Microsoft Fabric Warehouse, Azure Synapse, Azure SQL and SQL Server. */
import type { Contract } from './contract.ts';
import type { ContractColumn } from './event-columns.ts';
import { createTable, type Dialect, heading, script } from './sql-table.ts';

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

const TSQL: Dialect = { name: quoted, type: tsqlType };

/** Only types that all four have; their default collations differ, so texts state none. */
function tsqlType({ name, type, scale }: ContractColumn): string {
  switch (type) {
    case 'instant':
      return 'datetime2(3)';
    case 'date':
      return 'date';
    case 'int':
      return 'int';
    case 'money':
      return 'decimal(18, 2)';
    case 'real':
      return `decimal(18, ${scale})`;
    case 'bool':
      return 'bit';
    case 'text':
      return `varchar(${isId(name) ? SHORT_LENGTH : TEXT_LENGTH})`;
    default:
      return `varchar(${SHORT_LENGTH})`;
  }
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
