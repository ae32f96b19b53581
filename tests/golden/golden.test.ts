/**
 * The bytes of pinned worlds, table by table. A change that is meant to change a world raises WORLD_VERSION and
 * records them again (`npm run golden`); any other change leaves them as they are.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WORLD_VERSION } from '../../src/store/manifest.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { readRecorded } from './recorded.ts';
import { type Digests, pinnedWorlds } from './worlds.ts';

const { worldVersion, worlds } = readRecorded();
const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-golden-'));
let made: Readonly<Record<string, Digests>>;
beforeAll(async () => {
  made = await pinnedWorlds(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('are recorded for this version of the world', () => {
  expect(worldVersion).toBe(WORLD_VERSION);
});

describe.each(Object.entries(worlds))('%s', (name, recorded) => {
  it('has every table', () => {
    const tables = Object.keys(recorded).filter((table) => table.includes('/'));
    expect(tables.map((table) => table.split('/')[1]).sort()).toEqual(
      worldTables()
        .map((table) => table.name)
        .sort(),
    );
  });

  it.each(Object.keys(recorded))('%s is byte for byte what was recorded', (table) => {
    expect(made[name][table]).toBe(recorded[table]);
  });
});
