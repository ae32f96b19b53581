/** Shards: any division, in any order, in one folder or in several, gives the world of one run. */
import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { mergeShards } from '../../src/store/merge.ts';
import { manifestFor } from '../../src/run/open-world.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { parseShard, requireUndivided, type Shard, shardPaths } from '../../src/store/shard.ts';
import { shardOf, shareOf } from '../../src/run/shard-share.ts';
import { digests } from '../run/digests.ts';
import { fakeWorld } from '../run/fake-world.ts';
import { generateShard, newFolders, REGIONS, type ShardOptions } from './shard-worlds.ts';

const newFolder = newFolders();

const START = Date.parse('2024-02-28T17:05:00.250Z');
const END = Date.parse('2024-03-01T09:00:00Z');

type Options = Partial<ShardOptions>;

function generate(root: string, shard?: Shard, options: Options = {}) {
  return generateShard(root, shard, { startMs: START, ...options, toMs: options.toMs ?? END });
}

async function reference(toMs = END): Promise<string[]> {
  const root = newFolder();
  await generate(root, undefined, { toMs });
  return digests(root);
}

const shardsOf = (count: number) =>
  Array.from({ length: count }, (_, at): Shard => ({ index: at + 1, count }));

describe('shards', () => {
  it('give the bytes of one run, whatever their number, order, folders and cuts', async () => {
    const expected = await reference();
    const division = fc.integer({ min: 1, max: 5 }).chain((count) =>
      fc.record({
        order: fc.shuffledSubarray(shardsOf(count), { minLength: count }),
        apart: fc.boolean(),
        cutMs: fc.option(fc.integer({ min: START + 1, max: END - 1 }), { nil: undefined }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(division, async ({ order, apart, cutMs }) => {
        const root = newFolder();
        for (const shard of order) {
          const own = apart ? newFolder() : root;
          if (cutMs !== undefined) await generate(own, shard, { toMs: cutMs });
          await generate(own, shard);
          if (apart) cpSync(own, root, { recursive: true });
        }
        await mergeShards(worldPaths(root));
        expect(digests(root)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  it('go on from a merged world, divided otherwise than before', async () => {
    const root = newFolder();
    const cutMs = Date.parse('2024-02-29T06:00:00Z');
    for (const shard of shardsOf(2)) await generate(root, shard, { toMs: cutMs });
    await mergeShards(worldPaths(root));
    expect(digests(root)).toEqual(await reference(cutMs));
    for (const shard of shardsOf(3)) await generate(root, shard);
    await mergeShards(worldPaths(root));
    expect(digests(root)).toEqual(await reference());
  });

  it('are not merged while one is missing, behind, of another world, or damaged', async () => {
    const root = newFolder();
    const paths = worldPaths(root);
    await generate(root, { index: 1, count: 2 });
    await expect(mergeShards(paths)).rejects.toThrow(/shard 2\/2 is missing/);
    await generate(root, { index: 2, count: 2 }, { toMs: START + 1000 });
    await expect(mergeShards(paths)).rejects.toThrow(/shard 2\/2 has reached 2024-02-28T17:05:01/);
    const other = newFolder();
    await generate(other, { index: 2, count: 2 }, { seed: 2 });
    const mixed = newFolder();
    cpSync(other, mixed, { recursive: true });
    cpSync(root, mixed, {
      recursive: true,
      filter: (file) => !/shard-2|region-2|part-2/.test(path.relative(root, file)),
    });
    await expect(mergeShards(worldPaths(mixed))).rejects.toThrow(/another world: seed 2, but 1/);

    await generate(root, { index: 2, count: 2 });
    const part = path.join(root, 'facts', 'store_ops', 'dt=2024-03-01', 'part-2.csv');
    const whole = newFolder();
    cpSync(root, whole, { recursive: true });
    truncateSync(part, statSync(part).size - 1);
    await expect(mergeShards(paths)).rejects.toThrow(/part-2\.csv" has \d+ bytes, expected/);
    rmSync(part);
    await expect(mergeShards(paths)).rejects.toThrow(/part-2\.csv" is missing/);
    await mergeShards(worldPaths(whole));
    expect(digests(whole)).toEqual(await reference());
  });

  it('are merged where they compress alike, with every compressed part there', async () => {
    const root = newFolder();
    const paths = worldPaths(root);
    const gzip = { compress: 'gzip' } as const;
    await generate(root, { index: 1, count: 2 }, gzip);
    await generate(root, { index: 2, count: 2 });
    await expect(mergeShards(paths)).rejects.toThrow(/another world: compression none, but gzip/);
    const alike = newFolder();
    for (const shard of shardsOf(2)) await generate(alike, shard, gzip);
    const part = path.join(alike, 'facts', 'store_ops', 'dt=2024-02-29', 'part-2.csv.gz');
    const content = readFileSync(part);
    rmSync(part);
    await expect(mergeShards(worldPaths(alike))).rejects.toThrow(/part-2\.csv\.gz" is missing/);
    writeFileSync(part, content);
    await mergeShards(worldPaths(alike));
    const whole = newFolder();
    await generate(whole, undefined, gzip);
    expect(digests(alike)).toEqual(digests(whole));
  });

  it('keep runs of the whole and of other divisions away until they are merged', async () => {
    const root = newFolder();
    const paths = worldPaths(root);
    await generate(root, { index: 1, count: 2 });
    expect(() => requireUndivided(paths, undefined)).toThrow(/contains shard 1\/2/);
    expect(() => requireUndivided(paths, { index: 1, count: 3 })).toThrow(InputError);
    expect(() => requireUndivided(paths, { index: 2, count: 2 })).not.toThrow();
  });

  it('share all there is to do among them, by what their regions weigh', () => {
    const paths = worldPaths(newFolder());
    const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 15 }), (weightOfRegion, count) => {
        const world = {
          ...fakeWorld({ paths, startMs: START, regions: weightOfRegion.length }),
          weightOf: (id: number) => weightOfRegion[id - 1],
        };
        const shares = shardsOf(count).map((shard) =>
          shareOf(world, shardOf(world, shard).regionIds),
        );
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        // No shard is ahead of another by more than one region.
        const total = weightOfRegion.reduce((sum, weight) => sum + weight, 0);
        const spread = (Math.max(...shares) - Math.min(...shares)) * total;
        expect(spread).toBeLessThanOrEqual(Math.max(...weightOfRegion) + 1e-6);
      }),
    );
  });

  it('start from the whole world where they have no manifest of their own', async () => {
    const root = newFolder();
    await generate(root);
    const common = worldPaths(root);
    const whole = fakeWorld({ paths: common, startMs: START, regions: REGIONS });
    const shard = { index: 2, count: 3 };
    const manifest = manifestFor(shardPaths(common, shard), shardOf(whole, shard));
    expect(manifest?.committedMs).toBe(END);
    expect(manifest?.regions.map(({ id }) => id)).toEqual([2]);
  });
});

describe('--shard', () => {
  it.each([
    ['2/5', {}, { index: 2, count: 5 }],
    ['auto/5', { JOB_COMPLETION_INDEX: '0' }, { index: 1, count: 5 }],
    ['auto', { JOB_COMPLETION_INDEX: '4', JOB_COMPLETIONS: '5' }, { index: 5, count: 5 }],
    [
      'auto',
      { SLURM_ARRAY_TASK_ID: '12', SLURM_ARRAY_TASK_MIN: '10', SLURM_ARRAY_TASK_COUNT: '4' },
      { index: 3, count: 4 },
    ],
    ['auto', { CLOUD_RUN_TASK_INDEX: '1', CLOUD_RUN_TASK_COUNT: '2' }, { index: 2, count: 2 }],
    [
      'auto',
      { SGE_TASK_ID: 'undefined', PBS_ARRAY_INDEX: '2', PBS_ARRAY_COUNT: '2' },
      { index: 2, count: 2 },
    ],
  ])('%s under %o', (text, environment, expected) => {
    expect(parseShard(text, environment as Record<string, string>)).toEqual(expected);
  });

  it.each([
    ['0/5', {}, /expected a number from 1 to 5/],
    ['6/5', {}, /expected a number from 1 to 5/],
    ['2', {}, /expected number\/count/],
    ['2/', {}, /expected number\/count/],
    ['auto/3', {}, /no scheduler provides/],
    ['auto', { JOB_COMPLETION_INDEX: '0' }, /JOB_COMPLETIONS is not set/],
    ['auto/2', { JOB_COMPLETION_INDEX: '2' }, /from Kubernetes's JOB_COMPLETION_INDEX/],
  ])('%s under %o is refused', (text, environment, message) => {
    expect(() => parseShard(text, environment as Record<string, string>)).toThrow(message);
  });
});
