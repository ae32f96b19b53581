import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { DIMENSION_NAMES, DIMENSIONS } from '../../src/domain/dimensions.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { calendarHorizonMs, calendarTables, writeMasters } from '../../src/tables/masters.ts';
import { areaCodesOf } from '../../src/world/area-codes.ts';
import { dictionaries, START_MS, smallWorld, temporaryFolder } from './fixtures.ts';

type Table = Record<string, string>[];

const world = smallWorld();
const END_MS = Date.UTC(2024, 1, 1);

function written(): string {
  const folder = temporaryFolder();
  writeMasters(folder, world, dictionaries);
  for (const { file, text } of calendarTables(folder, world, NO_EFFECTS, END_MS)) {
    writeFileSync(file, text);
  }
  return folder;
}

function read(folder: string, table: string): Table {
  return parse(readFileSync(join(folder, `${table}.csv`)), { columns: true });
}

describe('the master files', () => {
  it('are all there, with the published columns, and nothing else is', () => {
    const folder = written();
    expect(readdirSync(folder).sort()).toEqual(DIMENSION_NAMES.map((name) => `${name}.csv`).sort());
    for (const name of DIMENSION_NAMES) {
      const [header] = readFileSync(join(folder, `${name}.csv`), 'utf8').split('\n');
      expect(header).toBe(DIMENSIONS[name].map((column) => column.name).join(','));
      expect(read(folder, name).length).toBeGreaterThan(0);
    }
  });

  it('have the same bytes every time', () => {
    const [one, two] = [written(), written()];
    for (const name of readdirSync(one)) {
      expect(readFileSync(join(one, name)).equals(readFileSync(join(two, name)))).toBe(true);
    }
  });

  it('resolve every reference', () => {
    const folder = written();
    const idsOf = new Map<string, Set<string>>();
    for (const name of DIMENSION_NAMES) {
      const ids = read(folder, name).map((row) => row.ID);
      if (ids[0] !== undefined) idsOf.set(`${name}.ID`, new Set(ids));
    }
    for (const name of DIMENSION_NAMES) {
      for (const column of DIMENSIONS[name]) {
        if (column.references === undefined) continue;
        const known = idsOf.get(column.references) as Set<string>;
        const values = new Set(read(folder, name).map((row) => row[column.name]));
        expect([...values].filter((value) => !known.has(value))).toEqual([]);
      }
    }
  });

  it('keep Cost < SalePrice ≤ MSRP and the cost within 50–85 %', () => {
    for (const { Cost, SalePrice, MSRP } of read(written(), 'products_master')) {
      const [cost, price, msrp] = [Cost, SalePrice, MSRP].map((text) => Math.round(+text * 100));
      expect(cost < price && price <= msrp).toBe(true);
      expect(cost * 2 >= price && cost * 100 <= price * 85).toBe(true);
    }
  });

  it('show the opening stock of every node', () => {
    const folder = written();
    const rows = read(folder, 'store_inventory_snapshots').filter((row) => row.StoreID === '2');
    const { units, reorderPoint } = world.openingStoreStock(2);
    expect(rows.length).toBe(units.filter((value) => value >= 0).length);
    for (const { ProductID, CurrentQuantity, ReorderPoint, LastUpdated } of rows) {
      expect(+CurrentQuantity).toBe(units[+ProductID - 1]);
      expect(+ReorderPoint).toBe(reorderPoint[+ProductID - 1]);
      expect(LastUpdated).toBe(new Date(START_MS).toISOString());
    }
  });

  it('leave no file when a table cannot be written', () => {
    const folder = temporaryFolder();
    const broken = {
      ...world,
      openingDcStock: () => {
        throw new Error('out of stock');
      },
    };
    expect(() => writeMasters(folder, broken, dictionaries)).toThrow('out of stock');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(existsSync(join(folder, 'dc_inventory_snapshots.csv'))).toBe(false);
  });
});

describe('customers', () => {
  it('have invented names, phones of the fictional range and unique cards', () => {
    const customers = read(written(), 'customers');
    const cards = customers.map((row) => row.LoyaltyCard).filter((card) => card !== '');
    expect(new Set(cards).size).toBe(cards.length);
    expect(cards.length).toBe(world.customers.loyalty.filter((value) => value === 1).length);
    for (const { FirstName, LastName, Phone, Address, GeographyID } of customers) {
      const { city, state, zip } = world.geographies[+GeographyID - 1];
      expect(dictionaries.realPeople.has(`${FirstName} ${LastName}`.toLowerCase())).toBe(false);
      expect(Phone).toMatch(/^\(\d{3}\) 555-01\d\d$/);
      expect(areaCodesOf(state)).toContain(Phone.slice(1, 4));
      expect(Address).toMatch(/^\d+ \S/);
      expect(Address.endsWith(`, ${city}, ${state} ${zip}`)).toBe(true);
    }
    expect(new Set(customers.map((row) => row.BLEId)).size).toBe(customers.length);
  });

  it('are never named as a real person, however short the lists', () => {
    const folder = temporaryFolder();
    const short = {
      ...dictionaries,
      firstNames: ['Ada'],
      lastNames: ['Lovelace', 'Moss'],
      realPeople: new Set(['ada lovelace']),
    };
    writeMasters(folder, world, short);
    expect(new Set(read(folder, 'customers').map((row) => row.LastName))).toEqual(
      new Set(['Moss']),
    );
  });
});

describe('calendar tables', () => {
  it('reach to the end of the year that the history ends in', () => {
    expect(calendarHorizonMs(START_MS, START_MS)).toBe(Date.UTC(2025, 0, 1));
    expect(calendarHorizonMs(START_MS, Date.UTC(2025, 0, 1))).toBe(Date.UTC(2025, 0, 1));
    expect(calendarHorizonMs(START_MS, Date.UTC(2025, 0, 1) + 1)).toBe(Date.UTC(2026, 0, 1));
  });

  it('only grow as the history does', () => {
    const at = (endMs: number) =>
      calendarTables('x', world, NO_EFFECTS, endMs).map(({ text }) => String(text));
    const early = at(END_MS);
    for (const [index, later] of at(Date.UTC(2026, 5, 1)).entries()) {
      expect(later.startsWith(early[index])).toBe(true);
      expect(later.length).toBeGreaterThan(early[index].length);
    }
  });
});
