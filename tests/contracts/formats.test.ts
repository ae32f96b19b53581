/** What each format says is what its own reader understands. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import sqlite from 'node-sqlite3-wasm';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runExample } from '../../docs/example-world.ts';
import { type Contract, contracts } from '../../src/contracts/contract.ts';
import { ENVELOPE_COLUMNS, eventColumns } from '../../src/contracts/event-columns.ts';
import {
  CONTRACT_FORMAT_NAMES,
  CONTRACT_FORMATS,
  type ContractFormat,
} from '../../src/contracts/formats.ts';
import { EVENT_TYPES } from '../../src/domain/event-rules.ts';
import { envelopeOf } from '../../src/envelopes/envelope.ts';
import { eventTypeOf } from '../../src/envelopes/events.ts';
import { Database } from '../../src/verify/database.ts';
import { IS_LONG } from '../helpers/long.ts';
import { KustoDatabase } from './kusto.ts';

const all = contracts();
const VERSION = 4;
const tables = all.filter(({ kind }) => kind !== 'event');
const named = (name: string) => all.find((contract) => contract.name === name) as Contract;

describe.each(CONTRACT_FORMAT_NAMES)('%s', (name) => {
  it('names every table and column that it is given, and is the same each time', () => {
    const { text }: ContractFormat = CONTRACT_FORMATS[name];
    const written = text(all, VERSION);
    for (const contract of all) {
      expect(written).toContain(contract.name);
      if (name === 'json-schema' && contract.kind === 'event') continue;
      for (const { name: column } of contract.columns) expect(written).toContain(column);
    }
    expect(text(all, VERSION)).toBe(written);
  });
});

describe('events as tables', () => {
  it('have a column for each field of every event, and find it at its path', () => {
    // Some of each type: the events of ten days are many.
    const seen = new Map<string, number>();
    runExample((table, record) => {
      const type = eventTypeOf(table, record);
      const count = seen.get(type) ?? 0;
      if (count === 20) return;
      seen.set(type, count + 1);
      const event = envelopeOf(table, record, 0, '0123456789abcdef');
      const { payload, ...envelope } = event;
      const columns = eventColumns(event.event_type);
      const paths = columns.map(({ path }) => path.join('.'));
      const fields = [
        ...Object.keys(envelope),
        ...Object.keys(payload).map((key) => `payload.${key}`),
      ];
      expect(paths).toEqual(expect.arrayContaining(fields));
      for (const { column, path } of columns) {
        const value = path.length === 1 ? envelope[path[0] as 'source'] : payload[path[1]];
        if (value === undefined || value === null) expect(column.nullable, column.name).toBe(true);
        else if (column.values) expect(column.values).toContain(value);
      }
    });
    expect(seen.size).toBeGreaterThan(20);
  });

  it('have names of their own', () => {
    for (const type of EVENT_TYPES) {
      const names = named(type).columns.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(named('inventory_updated').columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['source', 'payload_source', 'location_type', 'truck_id']),
    );
  });
});

describe('json-schema', () => {
  it('is one schema for one name, and several by name', () => {
    const { text }: ContractFormat = CONTRACT_FORMATS['json-schema'];
    const one = JSON.parse(text([named('payments')], VERSION));
    expect(one.title).toBe('payments');
    const check = new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(one);
    const row = {
      TraceId: 'S1-1',
      EventTS: '2024-03-01T14:05:09.123Z',
      ReceiptId: null,
      OrderId: 'O1-1',
      PaymentMethod: 'CREDIT_CARD',
      Amount: 12.3,
      TransactionId: 'Y1-1',
      Status: 'APPROVED',
    };
    expect(check(row), JSON.stringify(check.errors)).toBe(true);
    expect(check({ ...row, Amount: null })).toBe(false);
    expect(check({ ...row, PaymentMethod: 'SHELLS' })).toBe(false);
    expect(Object.keys(JSON.parse(text(all, VERSION)))).toEqual(all.map(({ name }) => name));
  });
});

describe('sql-duckdb', () => {
  it('creates every table and comment', async () => {
    const database = await Database.open({ threads: 1 });
    try {
      await database.run(CONTRACT_FORMATS['sql-duckdb'].text(all, VERSION));
      const rows = await database.rows(
        'SELECT table_name AS name, count(*)::INT AS count, count(comment)::INT AS told FROM duckdb_columns() WHERE NOT internal GROUP BY 1',
      );
      expect(new Map(rows.map(({ name, count, told }) => [name, [count, told]]))).toEqual(
        new Map(all.map(({ name, columns }) => [name, [columns.length, columns.length]])),
      );
    } finally {
      database.close();
    }
  });
});

describe('sql-sqlite', () => {
  it('creates every table, with keys that refer to something', () => {
    const database = new sqlite.Database();
    try {
      database.exec(CONTRACT_FORMATS['sql-sqlite'].text(tables, VERSION));
      const rows = database.all(
        'SELECT s.name AS name, count(*) AS count FROM sqlite_schema s, pragma_table_info(s.name) GROUP BY 1',
      );
      expect(new Map(rows.map(({ name, count }) => [name, count]))).toEqual(
        new Map(tables.map(({ name, columns }) => [name, columns.length])),
      );
      // Fails for a reference to a column that is no key.
      expect(database.all('PRAGMA foreign_key_check')).toEqual([]);
    } finally {
      database.close();
    }
  });
});

describe('kql', () => {
  const database = new KustoDatabase(CONTRACT_FORMATS.kql.text(all, VERSION));

  it('is understood by the language service of Kusto', () => {
    expect(database.tables).toHaveLength(all.length + 1);
    // Its parser of commands takes a fifth of a second for each: one table of each kind, unless there is time.
    const some = ['stores', 'receipts', 'in_transit', 'receipt_created'].map(named);
    const script = CONTRACT_FORMATS.kql.text(IS_LONG ? all : some, VERSION);
    expect(new KustoDatabase(script).faults()).toEqual([]);
    const broken = new KustoDatabase('.create-merge table T (a:strin) with (folder=)');
    expect(broken.faults()).not.toEqual([]);
  });

  it.each(EVENT_TYPES)('splits off %s with exactly the columns of its table', (type) => {
    expect(database.columnsOf(`as_${type}()`)).toEqual(database.columnsOf(type));
    expect(database.columnsOf(type)).toHaveLength(named(type).columns.length);
  });

  it('maps every field of a file by position, and every field of an event by path', () => {
    const script = CONTRACT_FORMATS.kql.text(all, VERSION);
    const mappings = [...script.matchAll(/ingestion (\w+) mapping '(\w+)'\n```\n(.*?)\n```/gs)];
    for (const [, format, name, text] of mappings) {
      const fields = JSON.parse(text) as { Column: string; Properties: Record<string, string> }[];
      if (format === 'json') {
        expect(fields.map(({ Properties }) => Properties.Path)).toEqual([
          ...ENVELOPE_COLUMNS.map((column) => `$.${column.name}`),
          '$.payload',
        ]);
      } else {
        const { columns } = named(name.replace(/_csv$/, ''));
        expect(fields).toEqual(
          columns.map((column, index) => ({
            Column: column.name,
            Properties: { Ordinal: String(index) },
          })),
        );
      }
    }
    expect(mappings).toHaveLength(all.filter(({ kind }) => kind !== 'event').length + 1);
  });
});

describe('dbt', () => {
  it('tests keys, nulls, values and relations', () => {
    const { sources } = parse(CONTRACT_FORMATS.dbt.text(all, VERSION));
    const tables = sources[0].tables as {
      name: string;
      columns: { name: string; data_type: string; data_tests?: unknown[] }[];
    }[];
    const column = (table: string, name: string) =>
      tables.find((each) => each.name === table)?.columns.find((each) => each.name === name);
    expect(column('receipts', 'ReceiptId')?.data_tests).toEqual(['not_null', 'unique']);
    expect(column('receipts', 'Total')?.data_type).toBe('decimal(18, 2)');
    expect(column('payments', 'ReceiptId')?.data_tests).toEqual([
      { relationships: { arguments: { to: "source('retail', 'receipts')", field: 'ReceiptId' } } },
    ]);
    expect(column('stores', 'Size')?.data_tests).toContainEqual({
      accepted_values: { arguments: { values: expect.arrayContaining(['SMALL']) } },
    });
  });

  it('refers to tables that it describes alone', () => {
    const only = CONTRACT_FORMATS.dbt.text([named('payments')], VERSION);
    expect(only).not.toContain('relationships');
  });
});
