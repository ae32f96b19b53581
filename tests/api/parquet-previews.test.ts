/** Previews and counts of a world in Parquet: those of the same world in CSV. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableNamed } from '../../src/api/data/catalogue.ts';
import { Counts } from '../../src/api/data/counts.ts';
import { Previews } from '../../src/api/data/preview.ts';
import type { Format } from '../../src/domain/formats.ts';
import { generateHistory } from '../../src/run/generation.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-parquet-previews-'));
const csv = worldPaths(path.join(base, 'csv'));
const parquet = worldPaths(path.join(base, 'parquet'));
const previews = new Previews();
afterAll(async () => {
  await previews.close();
  rmSync(base, { recursive: true });
});

/** A day that is over, and one that is not. */
const FROM_MS = Date.parse('2024-03-08T00:00:00Z');
const TO_MS = Date.parse('2024-03-09T19:00:00Z');
const DAY = '2024-03-08';

beforeAll(async () => {
  for (const [paths, format] of [
    [csv, 'csv'],
    [parquet, 'parquet'],
  ] as const) {
    await generateHistory({
      settings: {
        config: configOf({ seed: 5, volume: SMALL_VOLUME, output: { format } }),
        dictionaries: loadDictionaries(),
        scenarios: [],
      },
      paths,
      makeWorld: simulatedWorld,
      window: { fromMs: FROM_MS, toMs: TO_MS },
      workers: 1,
      nowMs: () => TO_MS,
    });
  }
}, 120_000);

describe.each(['receipts', 'payments', 'ble_pings', 'store_ops'])('%s', (name) => {
  const table = tableNamed(name, 'fact');
  const time = table.columns.find((column) => column.name === 'EventTS')!;
  const other = table.columns[2];

  it('shows a day in any order', async () => {
    for (const order of [
      { column: time, descending: true },
      { column: other, descending: false },
    ]) {
      const page = { limit: 1000, offset: 0, order };
      const rows = async (paths: typeof csv) => {
        const found = await previews.ofDay(paths.facts, table, DAY, page);
        // Rows of one instant have no order among files.
        return found.rows.map((row) => JSON.stringify(row)).sort();
      };
      const expected = await rows(csv);
      expect(expected.length).toBeGreaterThan(0);
      if (expected.length < 1000) expect(await rows(parquet)).toEqual(expected);
      else expect((await rows(parquet)).length).toBe(1000);
    }
  });

  it('shows the newest rows, and counts those of a day', async () => {
    const page = { limit: 5, offset: 0 };
    const instants = async (paths: typeof csv) =>
      (await previews.recent(paths.facts, table, page)).rows.map((row) => row.EventTS);
    expect(await instants(parquet)).toEqual(await instants(csv));
    expect(await previews.rowsOfDay(parquet.facts, table, DAY)).toBe(
      await previews.rowsOfDay(csv.facts, table, DAY),
    );
  });
});

it('shows masters as their CSV does, typed and as text', async () => {
  for (const name of ['stores', 'products_master', 'campaigns', 'customers']) {
    const table = tableNamed(name, 'master');
    for (const asText of [false, true]) {
      const page = { limit: 50, offset: 1, asText };
      const found = await previews.master(parquet.master, table, page);
      expect(found).toEqual(await previews.master(csv.master, table, page));
      expect(found.rows.length).toBeGreaterThan(0);
    }
  }
});

it('counts the rows of every table', () => {
  expect(new Counts().refresh(parquet)).toEqual(new Counts().refresh(csv));
});

it('takes the formats of a new world from output.format of the config', () => {
  const bad: Format | string = 'csv, orc';
  expect(() => configOf({ output: { format: bad } })).toThrow(
    'output.format is "csv, orc": expected one or more of csv, parquet, delta, separated by commas',
  );
  expect(configOf({}).output.format).toBe('csv');
});
