/** schema/ belongs to a world: written with its masters, brought up by later runs, removed with it. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { generateHistory } from '../../src/run/generation.ts';
import { WORLD_VERSION } from '../../src/store/manifest.ts';
import { mergeShards } from '../../src/store/merge.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { removeWorld } from '../../src/store/remove-world.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { worldContent } from '../../src/store/world-files.ts';
import { schemaJson } from '../../src/tables/schema-json.ts';
import { schemaSql } from '../../src/tables/schema-sql.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { digests } from '../run/digests.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-schema-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const FROM_MS = Date.parse('2024-03-08T12:00:00Z');
const settings = {
  config: configOf({ seed: 5, volume: SMALL_VOLUME }),
  dictionaries: loadDictionaries(),
  scenarios: [],
};

function generate(root: string, toMs: number, shard?: { index: number; count: number }) {
  return generateHistory({
    settings,
    paths: worldPaths(root),
    makeWorld: simulatedWorld,
    window: { fromMs: FROM_MS, toMs },
    workers: 1,
    nowMs: () => toMs,
    ...(shard && { shard }),
  });
}

const HOUR_MS = 3_600_000;

it('is written at the start, repaired by a later run, and removed with the world', async () => {
  const root = path.join(base, 'whole');
  const paths = worldPaths(root);
  const json = path.join(root, 'schema', 'schema.json');
  const sql = path.join(root, 'schema', 'schema.sql');
  await generate(root, FROM_MS + HOUR_MS);
  expect(readFileSync(json, 'utf8')).toBe(schemaJson(WORLD_VERSION));
  expect(readFileSync(sql, 'utf8')).toBe(schemaSql(WORLD_VERSION));
  expect(worldContent(paths).foreign).toEqual([]);
  // As an older program wrote it, and as someone lost it.
  writeFileSync(json, schemaJson(WORLD_VERSION - 1));
  rmSync(sql);
  await generate(root, FROM_MS + 2 * HOUR_MS);
  expect(readFileSync(json, 'utf8')).toBe(schemaJson(WORLD_VERSION));
  expect(readFileSync(sql, 'utf8')).toBe(schemaSql(WORLD_VERSION));
  const other = path.join(base, 'shards');
  for (const index of [2, 1]) await generate(other, FROM_MS + 2 * HOUR_MS, { index, count: 2 });
  await mergeShards(worldPaths(other));
  expect(digests(other)).toEqual(digests(root));
  removeWorld(paths);
  expect(existsSync(path.join(root, 'schema'))).toBe(false);
});
