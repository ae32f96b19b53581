/**
 * The contracts as commands of Kusto (Azure Data Explorer, Eventhouse of Microsoft Fabric).
 *
 * Tables are ingested from the CSV files. Events arrive as JSON in one table, from which update policies fill a table for
 * each type.
 */
import { SCHEMA_VERSION } from '../envelopes/envelope.ts';
import type { EventType } from '../domain/event-rules.ts';
import type { Contract } from './contract.ts';
import { type ContractColumn, ENVELOPE_COLUMNS, eventColumns } from './event-columns.ts';

/** The table that the stream is ingested into. */
const RAW = 'retail_events';
const FOLDERS = { master: 'masters', fact: 'facts', closing: 'closing', event: 'events' } as const;

export function kql(all: readonly Contract[], version: number): string {
  const events = all.filter(({ kind }) => kind === 'event');
  const tables = all.filter(({ kind }) => kind !== 'event');
  return `${[
    `// The tables of a world of version ${version} and the events of its stream (envelope ${SCHEMA_VERSION}), for Kusto.\n` +
      '// Run it as one script: .execute database script <| …',
    ...tables.flatMap((table) => [createTable(table), csvMapping(table)]),
    ...(events.length > 0 ? [rawTable(), rawMapping()] : []),
    ...events.flatMap((event) => [createTable(event), splitFunction(event), updatePolicy(event)]),
  ].join('\n\n')}\n`;
}

function createTable(contract: Contract): string {
  const { name, kind, about, columns } = contract;
  return (
    `.create-merge table ${name} (${typedColumns(columns)}) ` +
    `with (folder=${text(FOLDERS[kind])}, docstring=${text(about)})\n\n` +
    docstrings(name, columns)
  );
}

function typedColumns(columns: readonly ContractColumn[]): string {
  return columns.map((column) => `${named(column.name)}:${kqlType(column)}`).join(', ');
}

function docstrings(table: string, columns: readonly ContractColumn[]): string {
  const notes = columns.map(({ name, about }) => `${named(name)}:${text(about)}`);
  return `.alter-merge table ${table} column-docstrings (${notes.join(', ')})`;
}

/** Fields of a file by position. */
function csvMapping({ name, columns }: Contract): string {
  const fields = columns.map((column, index) => ({
    Column: column.name,
    Properties: { Ordinal: String(index) },
  }));
  return mapping(name, 'csv', fields);
}

function rawTable(): string {
  return (
    `.create-merge table ${RAW} (${typedColumns(ENVELOPE_COLUMNS)}, ['payload']:dynamic) ` +
    `with (folder='events', docstring='Every event of the stream, as it arrives.')`
  );
}

function rawMapping(): string {
  const names = [...ENVELOPE_COLUMNS.map(({ name }) => name), 'payload'];
  return mapping(
    RAW,
    'json',
    names.map((name) => ({ Column: name, Properties: { Path: `$.${name}` } })),
  );
}

function mapping(table: string, format: string, fields: readonly object[]): string {
  const lines = fields.map((field) => `  ${JSON.stringify(field)}`).join(',\n');
  return `.create-or-alter table ${table} ingestion ${format} mapping '${table}_${format}'\n\`\`\`\n[\n${lines}\n]\n\`\`\``;
}

function splitFunction({ name, about }: Contract): string {
  const columns = eventColumns(name as EventType).map(({ column, path }) =>
    path.length === 1
      ? named(column.name)
      : `${named(column.name)} = ${conversion(column)}(payload[${text(path[1])}])`,
  );
  return (
    `.create-or-alter function with (folder='events', skipvalidation=true, docstring=${text(about)}) ` +
    `${splitName(name)}() {\n` +
    `    ${RAW}\n    | where event_type == ${text(name)}\n    | project ${columns.join(', ')}\n}`
  );
}

function updatePolicy({ name }: Contract): string {
  const policy = {
    IsEnabled: true,
    Source: RAW,
    Query: `${splitName(name)}()`,
    IsTransactional: true,
    PropagateIngestionProperties: true,
  };
  return `.alter table ${name} policy update\n\`\`\`\n${JSON.stringify([policy])}\n\`\`\``;
}

const splitName = (type: string) => `as_${type}`;

/** A name of one lower-case word may be a keyword. */
function named(name: string): string {
  return /^[a-z]+$/.test(name) ? `['${name}']` : name;
}

function text(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function kqlType({ type }: ContractColumn): string {
  switch (type) {
    case 'instant':
    case 'date':
      return 'datetime';
    case 'int':
      return 'int';
    case 'money':
      return 'decimal';
    case 'real':
      return 'real';
    case 'bool':
      return 'bool';
    default:
      return 'string';
  }
}

function conversion(column: ContractColumn): string {
  return `to${kqlType(column)}`;
}
