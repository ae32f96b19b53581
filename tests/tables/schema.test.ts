/** schema/ describes the catalogue; its use by readers is tested in tests/clients. */
import { describe, expect, it } from 'vitest';
import { CLOSING, DIMENSION_NAMES } from '../../src/domain/dimensions.ts';
import { FACT_NAMES, FACTS } from '../../src/domain/facts.ts';
import type { Format } from '../../src/domain/formats.ts';
import { schemaJson } from '../../src/tables/schema-json.ts';
import { schemaSql } from '../../src/tables/schema-sql.ts';
import { worldTables } from '../../src/tables/world-tables.ts';

const tables = worldTables();

describe('the tables of a world', () => {
  it('are all masters, facts and closing tables, each once', () => {
    const all = [...DIMENSION_NAMES, ...FACT_NAMES, ...Object.keys(CLOSING)];
    expect(tables.map(({ name }) => name).sort()).toEqual(all.sort());
  });

  it('have keys of columns that are never null', () => {
    for (const { name, key, columns } of tables) {
      for (const part of key) {
        const column = columns.find((each) => each.name === part);
        expect(column?.nullable ?? false, `${name}.${part}`).toBe(false);
      }
    }
  });
});

describe('schema.json', () => {
  const { world_version, tables: described } = JSON.parse(schemaJson(4));

  it('describes type, null, value set, key and reference of every column', () => {
    expect(world_version).toBe(4);
    expect(described.map(({ name }: { name: string }) => name)).toEqual(
      tables.map(({ name }) => name),
    );
    const payments = described.find(({ name }: { name: string }) => name === 'payments');
    expect(payments).toMatchObject({
      kind: 'fact',
      files: 'facts/payments/dt=*/part-*.csv',
      partition: { name: 'dt', type: 'date' },
      missingValues: [''],
      primaryKey: FACTS.payments.key,
    });
    const field = (name: string) =>
      payments.fields.find((each: { name: string }) => each.name === name);
    expect(field('EventTS')).toMatchObject({
      type: 'datetime',
      format: '%Y-%m-%dT%H:%M:%S.%fZ',
      constraints: { required: true },
    });
    expect(field('ReceiptId')).toMatchObject({ type: 'string', constraints: { required: false } });
    expect(field('Amount')).toMatchObject({ type: 'number', decimals: 2 });
    expect(field('PaymentMethod').constraints.enum).toContain('CREDIT_CARD');
    expect(payments.foreignKeys).toContainEqual({
      fields: ['ReceiptId'],
      reference: { resource: 'receipts', fields: ['ReceiptId'] },
    });
  });
});

describe('schema.json of a world', () => {
  const filesOf = (formats: readonly Format[]) => {
    const { tables: described } = JSON.parse(schemaJson(4, formats));
    const { files, parquet, delta } = described.find(
      ({ name }: { name: string }) => name === 'payments',
    );
    return { files, parquet, delta };
  };
  const [csv, parquet] = ['csv', 'parquet'].map((ending) => `facts/payments/dt=*/part-*.${ending}`);

  it.each([
    [['csv'], { files: csv, parquet: undefined }],
    [['parquet'], { files: parquet, parquet }],
    [['csv', 'parquet'], { files: csv, parquet }],
    [['csv', 'delta'], { files: csv, parquet, delta: 'delta/payments' }],
    [['delta'], { files: parquet, parquet, delta: 'delta/payments' }],
  ] as const)('in %s names its files', (formats, names) => {
    expect(filesOf(formats)).toEqual(names);
    expect(schemaSql(4, formats).includes('-- delta/payments')).toBe('delta' in names);
  });
});

describe('schema.sql', () => {
  const sql = schemaSql(4);

  it('creates each table after those that it refers to', () => {
    const made = new Set<string>();
    for (const [, name, body] of sql.matchAll(/CREATE TABLE (\w+) \((.*?)^\);/gms)) {
      for (const [, other] of body.matchAll(/REFERENCES (\w+)/g)) expect(made).toContain(other);
      made.add(name);
    }
    expect(made.size).toBe(tables.length);
  });

  it('keeps ZIP codes as text, money exact, and facts free of foreign keys', () => {
    expect(sql).toContain('  ZipCode VARCHAR NOT NULL,\n');
    expect(sql).toContain('  Amount DECIMAL(18, 2) NOT NULL,\n');
    expect(sql).toContain('  ReceiptId VARCHAR, -- receipts.ReceiptId\n');
    const facts = sql.slice(sql.indexOf('CREATE TABLE receipts '));
    expect(facts).not.toContain('FOREIGN KEY');
    expect(sql).toContain('FOREIGN KEY (DCID) REFERENCES distribution_centers (ID)');
  });
});
