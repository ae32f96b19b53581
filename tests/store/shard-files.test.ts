/** Shards with mistakes of users: files cut, copied over, merged twice, with wrong settings, removed. */
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateHistory } from '../../src/run/generation.ts';
import { mergeShards } from '../../src/store/merge.ts';
import { openWorld } from '../../src/run/open-world.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { removeShard, shardContent } from '../../src/store/remove-shard.ts';
import { type Shard, shardPaths } from '../../src/store/shard.ts';
import { shardOf } from '../../src/run/shard-share.ts';
import { missingShards, shardManifests } from '../../src/store/shard-manifests.ts';
import { identityOf } from '../../src/store/world-settings.ts';
import type { MakeWorld } from '../../src/run/make-world.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { digests } from '../run/digests.ts';
import { fakeWorld } from '../run/fake-world.ts';
import { generateShard, newFolders, REGIONS } from './shard-worlds.ts';

const newFolder = newFolders();

const START = Date.parse('2024-02-27T17:05:00.250Z');
const END = Date.parse('2024-03-01T09:00:00Z');
const SHARDS: readonly Shard[] = [1, 2, 3].map((index) => ({ index, count: 3 }));

async function generate(root: string, shard?: Shard, seed = 1, toMs = END): Promise<void> {
  await generateShard(root, shard, { startMs: START, toMs, seed });
}

/** Three shards that are ready to be merged, of a seed; made once, copied for each test. */
const made = new Map<number, string>();
let reference: string[] = [];
beforeAll(async () => {
  for (const seed of [1, 2]) {
    const root = newFolder();
    for (const shard of SHARDS) await generate(root, shard, seed);
    made.set(seed, root);
  }
  const single = newFolder();
  await generate(single);
  reference = digests(single);
});
function copy(seed = 1): string {
  const root = newFolder();
  cpSync(made.get(seed)!, root, { recursive: true });
  return root;
}
/** Files of a world's tables, facts, closing tables and masters, by their paths in it. */
const filesIn = (root: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(facts|closing|master)\W.*\.csv$/.test(name))
    .sort();

describe('a merge', () => {
  it('refuses any file that was cut, emptied, altered, removed or is of another world, by its name', async () => {
    const names = filesIn(copy()).sort();
    expect(names.length).toBeGreaterThan(40);
    const harms: Record<string, (file: string, name: string) => void> = {
      cut: (file) => truncateSync(file, statSync(file).size - 1),
      emptied: (file) => truncateSync(file, 0),
      altered: (file) => {
        const content = readFileSync(file);
        content[content.length >> 1] ^= 1;
        writeFileSync(file, content);
      },
      removed: (file) => rmSync(file),
      // A closing table without rows has no part there.
      'of another world': (file, name) => {
        const other = path.join(made.get(2)!, name);
        if (existsSync(other)) cpSync(other, file);
      },
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.constantFrom(...Object.keys(harms)),
        async (name, harm) => {
          const root = copy();
          const file = path.join(root, name);
          const before = readFileSync(file);
          harms[harm](file, name);
          fc.pre(!existsSync(file) || !readFileSync(file).equals(before));
          const there = digests(root);
          const merged = mergeShards(worldPaths(root));
          await expect(merged, `${name} ${harm}`).rejects.toThrow(path.basename(name));
          await expect(merged).rejects.toThrow(/sim clear --out .* --shard i\/n|shard 1/);
          expect(digests(root)).toEqual(there);
          // Mended as the message says, it is merged.
          writeFileSync(file, before);
          await mergeShards(worldPaths(root));
          expect(digests(root)).toEqual(reference);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('refuses a part that none of its commits wrote', async () => {
    const root = copy();
    const part = path.join(root, 'facts', 'receipts', 'dt=2024-02-20', 'part-2.csv');
    cpSync(path.join(root, 'facts', 'store_ops', 'dt=2024-02-28', 'part-2.csv'), part);
    await expect(mergeShards(worldPaths(root))).rejects.toThrow(
      /shard 2\/3: ".*dt=2024-02-20.part-2\.csv" exists, but no commit of region 2 wrote it/,
    );
  });

  it('names the shard that differs, whichever it is, and never advises to remove the others', async () => {
    for (const odd of SHARDS) {
      const root = copy();
      cpSync(
        path.join(made.get(2)!, 'checkpoint', `shard-${odd.index}-of-3.json`),
        path.join(root, 'checkpoint', `shard-${odd.index}-of-3.json`),
      );
      const refusal = await mergeShards(worldPaths(root)).catch((error: Error) => error.message);
      expect(refusal).toContain(
        `shard ${odd.index}/3 belongs to another world: seed 2, but 1 in shard`,
      );
      expect(refusal).toContain(`--shard ${odd.index}/3`);
      for (const good of SHARDS.filter(({ index }) => index !== odd.index)) {
        expect(refusal).not.toContain(`--shard ${good.index}/3`);
        expect(refusal).not.toContain(`shard ${good.index}/3 belongs to another world`);
      }
      expect(refusal).not.toMatch(/\(sim clear\)/);
    }
  });

  it('killed before any of its steps, and begun again, ends as if it had not been killed', async () => {
    const steps: string[] = [];
    const clean = copy();
    await mergeShards(worldPaths(clean), { onStep: (step) => steps.push(step) });
    expect(digests(clean)).toEqual(reference);
    expect(steps).toEqual(expect.arrayContaining(['replace manifest', 'remove shard-3-of-3.json']));
    for (let at = 0; at < steps.length; at++) {
      const root = copy();
      let step = 0;
      const killed = mergeShards(worldPaths(root), {
        onStep: () => {
          if (step++ === at) throw new Error('killed');
        },
      });
      await expect(killed, steps[at]).rejects.toThrow('killed');
      await mergeShards(worldPaths(root));
      expect(digests(root), `killed before "${steps[at]}"`).toEqual(reference);
    }
  });

  it('changes nothing when repeated, and shards continue from there', async () => {
    const root = copy();
    const paths = worldPaths(root);
    const first = await mergeShards(paths);
    expect(await mergeShards(paths)).toEqual(first);
    expect(digests(root)).toEqual(reference);
    // What a killed merge leaves is no shard that still waits for others.
    cpSync(
      path.join(made.get(1)!, 'checkpoint', 'shard-2-of-3.json'),
      path.join(paths.checkpoint, 'shard-2-of-3.json'),
    );
    expect(missingShards(shardManifests(paths))).toEqual([]);
    await expect(mergeShards(worldPaths(newFolder()))).rejects.toThrow(/no shard's manifest/);
  });
});

describe('a run', () => {
  const part = (table: string, day: string, id: number) =>
    path.join('facts', table, `dt=2024-${day}`, `part-${id}.csv`);
  it.each([
    ['a part of a day that is over was cut', part('store_ops', '02-28', 1), 'cut'],
    ['a part of a day that is over was emptied', part('store_ops', '02-28', 1), 'emptied'],
    ['a part of the last day that is over was altered', part('store_ops', '02-29', 2), 'altered'],
    ['a part that it would go on with was altered', part('store_ops', '03-01', 3), 'altered'],
    ['a closing table was altered', path.join('closing', 'store_stock', 'part-1.csv'), 'altered'],
  ])('does not go on where %s', async (_what, name, harm) => {
    const root = copy();
    await mergeShards(worldPaths(root));
    const file = path.join(root, name);
    const before = readFileSync(file);
    if (harm === 'altered') {
      const content = Buffer.from(before);
      content[content.length - 5] ^= 1;
      writeFileSync(file, content);
    } else truncateSync(file, harm === 'cut' ? before.length - 3 : 0);
    const later = generate(root, undefined, 1, END + 1000);
    await expect(later).rejects.toThrow(path.basename(name));
    await expect(generate(root, undefined, 1, END + 1000)).rejects.toThrow(
      /the same settings give the same bytes/,
    );
    writeFileSync(file, before);
    await generate(root, undefined, 1, END + 1000);
  });

  it('writes masters again that were cut', async () => {
    const root = copy();
    await mergeShards(worldPaths(root));
    const file = path.join(root, 'master', 'stores.csv');
    const before = readFileSync(file, 'utf8');
    truncateSync(file, 1);
    await generate(root, undefined, 1, END + 1000);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('refuses a list of parts that was cut', async () => {
    const root = copy();
    await mergeShards(worldPaths(root));
    truncateSync(path.join(root, 'checkpoint', 'region-2.parts'), 10);
    await expect(generate(root, undefined, 1, END + 1000)).rejects.toThrow(
      /list of parts ".*region-2\.parts"/,
    );
  });
});

describe('beside other shards', () => {
  const dictionaries = loadDictionaries(configOf({}).paths.dictionaries);
  const makeWorld: MakeWorld = (settings, startMs, paths) => ({
    ...fakeWorld({ paths, startMs, regions: REGIONS, seed: settings.config.seed }),
    identity: identityOf(settings, startMs),
  });
  const run = (root: string, index: number, given: object = {}, notes: string[] = []) =>
    generateHistory({
      settings: {
        config: configOf({ seed: 7, volume: { dcs: REGIONS }, ...given }),
        dictionaries,
        scenarios: [],
      },
      paths: worldPaths(root),
      makeWorld,
      window: { fromMs: START, toMs: END },
      shard: { index, count: 3 },
      nowMs: () => END,
      onNote: (sentence) => notes.push(sentence),
    });

  it('one with another seed or config begins nothing, and names the differences', async () => {
    const root = newFolder();
    await run(root, 1);
    const there = digests(root);
    const other = { seed: 8, volume: { dcs: REGIONS, customers_per_day: 3 } };
    const refusal = await run(root, 2, other).catch((error: Error) => error.message);
    expect(refusal).toContain(
      `Cannot begin shard 2/3 in "${root}": it would belong to another world than the existing shards.`,
    );
    expect(refusal).toContain('seed: is 7 in shard 1/3, requested 8');
    expect(refusal).toMatch(/config volume\.customers_per_day: is \d+ in shard 1\/3, requested 3/);
    expect(refusal).not.toMatch(/\(sim clear\)/);
    expect(digests(root)).toEqual(there);
    await run(root, 2);
  });

  it('begins if most of them belong to its world, and names the other one', async () => {
    const root = newFolder();
    const odd = newFolder();
    await run(root, 1);
    await run(odd, 2, { seed: 8 });
    cpSync(
      path.join(odd, 'checkpoint', 'shard-2-of-3.json'),
      path.join(root, 'checkpoint', 'shard-2-of-3.json'),
    );
    const notes: string[] = [];
    await run(root, 3, {}, notes);
    expect(notes.join()).toContain(
      'Shard 2/3 belongs to another world than most: seed 8, not 7. Remove only the shards that differ: ' +
        `sim clear --out ${root} --shard 2/3`,
    );
  });

  it('that began at the same time the differing ones remove their announcements', async () => {
    const root = newFolder();
    let during: Promise<unknown> | undefined;
    const announced = (
      settings: Parameters<MakeWorld>[0],
      ...more: [number, ReturnType<typeof worldPaths>]
    ) => {
      const world = makeWorld(settings, ...more);
      return {
        ...world,
        // Between the first look and the announcement another one announces its world.
        warnings: () => {
          if (during === undefined && settings.config.seed === 8) {
            const other = configOf({ seed: 7, volume: { dcs: REGIONS } });
            const paths = worldPaths(root);
            const sibling = makeWorld({ config: other, dictionaries, scenarios: [] }, START, paths);
            const shard = { index: 1, count: 3 };
            openWorld(shardPaths(paths, shard), shardOf(sibling, shard));
            during = Promise.resolve();
          }
          return [];
        },
      };
    };
    const odd = generateHistory({
      settings: {
        config: configOf({ seed: 8, volume: { dcs: REGIONS } }),
        dictionaries,
        scenarios: [],
      },
      paths: worldPaths(root),
      makeWorld: announced,
      window: { fromMs: START, toMs: END },
      shard: { index: 2, count: 3 },
      nowMs: () => END,
    });
    await expect(odd).rejects.toThrow(/seed: is 7 in shard 1\/3, requested 8/);
    expect(readdirSync(path.join(root, 'checkpoint'))).toEqual(['shard-1-of-3.json']);
  });
});

describe('one shard', () => {
  it('is removed without the others, and completes the world when generated again', async () => {
    for (const shard of SHARDS) {
      const root = copy();
      const paths = worldPaths(root);
      const removed = new Set(removeShard(paths, shard).map((file) => path.relative(root, file)));
      expect(removed.size).toBeGreaterThan(10);
      const left = digests(root).map((line) => line.split(' ')[0]);
      for (const name of left) expect(removed).not.toContain(name);
      const gone = digests(made.get(1)!)
        .map((line) => line.split(' ')[0])
        .filter((name) => !left.includes(name));
      expect(new Set(gone)).toEqual(removed);
      for (const name of gone) {
        expect(name).toMatch(
          new RegExp(
            `part-${shard.index}\\.csv|region-${shard.index}[@.]|shard-${shard.index}-of-3` +
              (shard.index === 1 ? '|^master' : ''),
          ),
        );
      }
      await expect(mergeShards(paths)).rejects.toThrow(`shard ${shard.index}/3 is missing`);
      await generate(root, shard);
      await mergeShards(paths);
      expect(digests(root)).toEqual(reference);
    }
  });

  it('is not removed after a merge, nor if it continues a merged world', async () => {
    const root = copy();
    const paths = worldPaths(root);
    await mergeShards(paths);
    expect(shardContent(paths, SHARDS[1])).toEqual([]);
    await generate(root, SHARDS[1], 1, END + 1000);
    expect(() => removeShard(paths, SHARDS[1])).toThrow(/continues a world that reaches/);
  });
});
