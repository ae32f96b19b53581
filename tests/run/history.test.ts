import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { runHistory } from '../../src/run/history.ts';
import { RunFailure } from '../../src/run/run-failure.ts';
import { isAbandoned } from '../../src/store/lock.ts';
import { readManifest } from '../../src/store/manifest.ts';
import { openWorld, recoverCrashed } from '../../src/run/open-world.ts';
import type { CommitPace } from '../../src/run/pace.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { worldContent } from '../../src/store/world-files.ts';
import type { CLOSING } from '../../src/domain/dimensions.ts';
import { FACT_NAMES, FACTS } from '../../src/domain/facts.ts';
import { header } from '../../src/tables/encoder.ts';
import { CODECS, type Codec, ENDINGS } from '../../src/tables/compression.ts';
import { contentDigests } from '../helpers/decompressed.ts';
import { type FakeOptions, fakeWorld } from './fake-world.ts';
import { digests } from './digests.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-history-'));
afterAll(() => rmSync(base, { recursive: true }));

let folders = 0;
const newFolder = () => path.join(base, String(folders++));

const START = Date.parse('2024-02-28T17:05:00.250Z');
const END = Date.parse('2024-03-01T09:00:00Z');

const EVERY_DAY: CommitPace = { due: () => true, committed: () => {} };

interface RunOptions {
  readonly toMs?: number;
  readonly world?: Partial<FakeOptions>;
  readonly onStep?: (step: string) => void;
  readonly interrupted?: () => boolean;
  readonly pace?: CommitPace;
}

async function generate(root: string, options: RunOptions = {}) {
  const paths = worldPaths(root);
  const world = fakeWorld({ paths, startMs: START, ...options.world });
  const { onStep, interrupted, pace } = options;
  const manifest = openWorld(paths, world, onStep);
  const toMs = options.toMs ?? END;
  return runHistory({ paths, world, manifest, toMs, onStep, interrupted, pace });
}

/** What one clean run up to `toMs` writes. */
async function reference(toMs = END, compress?: Codec): Promise<string[]> {
  const root = newFolder();
  await generate(root, { toMs, world: { compress } });
  const expected = digests(root);
  rmSync(root, { recursive: true });
  return expected;
}

describe('one run', () => {
  it('writes a part for every table and day with rows, a header for a table without, and nothing that is not in force', async () => {
    const root = newFolder();
    const result = await generate(root);
    expect(result).toMatchObject({ committedMs: END, interrupted: false });
    const { own, foreign } = worldContent(worldPaths(root));
    expect(foreign).toEqual([]);
    expect(own.filter((file) => file.endsWith('.tmp'))).toEqual([]);
    const facts = own.flatMap((file) => {
      const [folder, ...names] = path.relative(root, file).split(path.sep);
      return folder === 'facts' ? [names.join('/')] : [];
    });
    const busy = ['store_ops', 'stockouts'];
    const days = ['2024-02-28', '2024-02-29', '2024-03-01'];
    const parts = [1, 2].flatMap((region) => [
      ...busy.flatMap((table) => days.map((day) => `${table}/dt=${day}/part-${region}.csv`)),
      `returns/dt=2024-02-29/part-${region}.csv`,
    ]);
    const others = FACT_NAMES.filter((table) => ![...busy, 'returns'].includes(table));
    const headers = others.map((table) => `${table}/dt=2024-02-28/part-0.csv`);
    expect(facts.toSorted()).toEqual([...parts, ...headers].toSorted());
    for (const table of others) {
      const file = path.join(root, 'facts', table, 'dt=2024-02-28', 'part-0.csv');
      expect(readFileSync(file, 'utf8')).toBe(header(FACTS[table].columns));
    }
  });

  it('writes closing parts with rows alone, and a header where no region has any, at every end', async () => {
    const root = newFolder();
    const closing = (table: keyof typeof CLOSING) => {
      const folder = path.join(root, 'closing', table);
      const text = (name: string) => readFileSync(path.join(folder, name), 'utf8');
      return readdirSync(folder).map((name) => [name, text(name).trimEnd().split('\n').length - 1]);
    };
    const seen = new Set<string>();
    for (let toMs = START + 3_600_000; toMs <= END; toMs += 3 * 3_600_000) {
      await generate(root, { toMs });
      const onRoad = closing('in_transit').toSorted();
      seen.add(onRoad.map(([name]) => name).join());
      expect(onRoad).toEqual(
        onRoad[0][0] === 'part-0.csv' ? [['part-0.csv', 0]] : onRoad.map(([name]) => [name, 1]),
      );
      expect(closing('dc_stock')).toEqual([['part-0.csv', 0]]);
      expect(closing('store_stock').toSorted()).toEqual([
        ['part-1.csv', 1],
        ['part-2.csv', 1],
      ]);
      const kept = readManifest(worldPaths(root).manifest)!.regions.map((region) => region.closing);
      const rows = onRoad.filter(([, count]) => count === 1).map(([name]) => name);
      expect(kept.map((tables) => 'in_transit' in tables!)).toEqual([
        rows.includes('part-1.csv'),
        rows.includes('part-2.csv'),
      ]);
    }
    expect([...seen].toSorted()).toEqual(
      expect.arrayContaining(['part-0.csv', 'part-1.csv', 'part-2.csv']),
    );
  });

  it('replaces the header of a table by its first rows, wherever a run is cut', async () => {
    const root = newFolder();
    const headers = () =>
      FACT_NAMES.filter((table) =>
        existsSync(path.join(root, 'facts', table, 'dt=2024-02-28', 'part-0.csv')),
      );
    await generate(root, { toMs: START + 1 });
    expect(headers()).toContain('returns');
    expect(headers()).not.toContain('store_ops');
    expect(headers()).toHaveLength(FACT_NAMES.length - 2);
    await generate(root);
    expect(headers()).not.toContain('returns');
    expect(existsSync(path.join(root, 'facts', 'returns', 'dt=2024-02-28'))).toBe(false);
    expect(digests(root)).toEqual(await reference());
  });

  it('keeps the state file in step', async () => {
    const root = newFolder();
    await generate(root);
    expect(JSON.parse(readFileSync(path.join(root, 'generation_state.json'), 'utf8'))).toEqual({
      last_generated_timestamp: '2024-03-01T09:00:00.000Z',
      historical_start_date: '2024-02-28T17:05:00.250Z',
      has_historical_data: true,
      last_historical_run: '2024-03-01T09:00:00.000Z',
      last_realtime_run: null,
    });
  });

  it('reports what it wrote', async () => {
    const root = newFolder();
    const { rows, bytes } = await generate(root);
    const parts = worldContent(worldPaths(root)).own.filter((file) => file.includes('facts'));
    const texts = parts.map((file) => readFileSync(file, 'utf8'));
    const lines = texts.reduce((sum, text) => sum + text.split('\n').length - 2, 0);
    expect(rows).toBe(lines);
    expect(bytes).toBeGreaterThan(lines * 20);
  });
});

describe('any way to the same instant', () => {
  it.each([
    [undefined, 8],
    ['gzip', 5],
    ['zstd', 5],
  ] as const)(
    'gives the same bytes, whatever the cuts, interrupts and crashes (%s)',
    async (compress, numRuns) => {
      const instant = fc.integer({ min: START + 1, max: END });
      const run = fc.record({
        toMs: instant,
        // The crash of an earlier run, which may have been meant to go further.
        crash: fc.option(fc.record({ toMs: instant, count: fc.nat(150) }), { nil: undefined }),
        eager: fc.boolean(),
        stop: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 3 }), async (runs) => {
          let root = newFolder();
          for (const { toMs, crash, eager, stop } of runs) {
            const pace = eager ? EVERY_DAY : undefined;
            if (crash !== undefined) {
              root = await crashAt(root, crash.count, {
                toMs: crash.toMs,
                pace,
                world: { compress },
              });
            }
            const interrupted = stop ? () => true : undefined;
            await generate(root, { toMs, pace, interrupted, world: { compress } });
          }
          const reachedMs = readManifest(worldPaths(root).manifest)?.committedMs;
          const expected = await reference(reachedMs, compress);
          expect(digests(root)).toEqual(expected);
          rmSync(root, { recursive: true });
        }),
        { numRuns },
      );
    },
  );

  it('a shorter run after a crash leaves nothing of the longer one', async () => {
    const cut = Date.parse('2024-02-29T06:00:00Z');
    const root = await crashAt(newFolder(), 'suspend region 2', {});
    expect(existsSync(path.join(root, 'facts', 'store_ops', 'dt=2024-03-01'))).toBe(true);
    await generate(root, { toMs: cut });
    expect(digests(root)).toEqual(await reference(cut));
  });

  it('survives a crash before every step of opening and committing', async () => {
    const expected = await reference();
    const steps: string[] = [];
    await generate(newFolder(), { onStep: (step) => steps.push(step) });
    const tried = new Set<string>();
    for (const [index, step] of steps.entries()) {
      const kind = step.replace(/\d+/g, '#');
      if (tried.has(kind)) continue;
      tried.add(kind);
      const root = await crashAt(newFolder(), index, {});
      await generate(root);
      expect(digests(root), `after a crash before "${step}"`).toEqual(expected);
    }
    expect(tried.size).toBeGreaterThan(12);
  });

  it('survives a crash before every step of a run that completes a day it found open', async () => {
    const cut = Date.parse('2024-02-29T06:00:00Z');
    const options = { world: { compress: 'zstd' }, pace: EVERY_DAY } as const;
    const begun = newFolder();
    await generate(begun, { ...options, toMs: cut });
    const expected = await reference(END, 'zstd');
    const steps: string[] = [];
    const whole = newFolder();
    cpSync(begun, whole, { recursive: true });
    await generate(whole, { ...options, onStep: (step) => steps.push(step) });
    expect(digests(whole)).toEqual(expected);

    expect(steps.filter((step) => step === 'tidy up after the commit').length).toBeGreaterThan(1);
    const tried = new Set<string>();
    for (const [index, step] of steps.entries()) {
      const kind = step.replace(/\d{5,}/g, '#');
      if (tried.has(kind)) continue;
      tried.add(kind);
      const root = newFolder();
      cpSync(begun, root, { recursive: true });
      const crashed = await crashAt(root, index, options);
      await generate(crashed, options);
      expect(digests(crashed), `after a crash before "${step}"`).toEqual(expected);
    }
  });
});

/** The disk as it stood before a step of a run, by name or count (facts count too), in a folder of its own. */
async function crashAt(root: string, at: string | number, options: RunOptions): Promise<string> {
  const crashed = newFolder();
  let count = 0;
  let hasCrashed = false;
  const tick = (step?: string) => {
    if (hasCrashed || (step !== at && count++ !== at)) return;
    hasCrashed = true;
    if (existsSync(root)) cpSync(root, crashed, { recursive: true });
    throw new Error('crashed');
  };
  try {
    const world = { ...options.world, onFact: () => tick() };
    await generate(root, { ...options, onStep: tick, world });
    return root;
  } catch (error) {
    if (!hasCrashed) throw error;
    return crashed;
  }
}

describe.each([...CODECS])('a world compressed with %s', (compress) => {
  it('has the same files as without, except for days that are over', async () => {
    const plain = newFolder();
    await generate(plain);
    const root = newFolder();
    await generate(root, { world: { compress } });
    const facts = (folder: string) => contentDigests(path.join(folder, 'facts'));
    expect(await facts(root)).toEqual(await facts(plain));
    const { own, foreign } = worldContent(worldPaths(root));
    expect(foreign).toEqual([]);
    const parts = own.filter((file) => file.includes(`${path.sep}facts${path.sep}`));
    for (const part of parts) {
      // A header without rows is no part of a day that is over.
      const over = !part.includes('dt=2024-03-01') && !part.endsWith('part-0.csv');
      expect(part.endsWith(`.csv${over ? ENDINGS[compress] : ''}`), part).toBe(true);
    }
  });

  it('keeps its compression: another one is refused when there is history', async () => {
    const root = newFolder();
    await generate(root, { toMs: START + 1000, world: { compress } });
    await expect(generate(root)).rejects.toThrow(`compression: is ${compress}, requested none`);
    await generate(root, { world: { compress } });
    const announced = newFolder();
    const paths = worldPaths(announced);
    openWorld(paths, fakeWorld({ paths, startMs: START, compress }));
    await generate(announced);
    expect(digests(announced)).toEqual(await reference());
  });

  it('is restored to its last commit when a codec fails', async () => {
    const cut = Date.parse('2024-02-29T06:00:00Z');
    const root = newFolder();
    await generate(root, { toMs: cut, world: { compress } });
    const committed = digests(root);
    const obstacle = `part-1.csv${ENDINGS[compress]}.tmp`;
    const folder = path.join(root, 'facts', 'store_ops', 'dt=2024-02-29', obstacle);
    const onStep = (step: string) => {
      if (step === 'advance region 1') mkdirSync(folder, { recursive: true });
    };
    const failing = generate(root, { world: { compress }, onStep });
    await expect(failing).rejects.toThrow(RunFailure);
    await expect(failing).rejects.toMatchObject({ committedMs: cut });
    await expect(failing).rejects.toThrow(/a folder is where the file should be/);
    rmSync(folder, { recursive: true });
    await generate(root, { toMs: cut, world: { compress } });
    expect(digests(root)).toEqual(committed);
    await generate(root, { world: { compress } });
    expect(digests(root)).toEqual(await reference(END, compress));
  });
});

describe('a failure', () => {
  it('restores the files of the last commit and names its instant', async () => {
    const whole = newFolder();
    const cut = Date.parse('2024-02-29T06:00:00Z');
    await generate(whole, { toMs: cut });
    const root = newFolder();
    await generate(root, { toMs: cut });
    const onFact = (regionId: number, atMs: number) => {
      if (regionId === 2 && atMs > Date.parse('2024-03-01T01:00:00Z')) {
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      }
    };
    const failing = generate(root, { world: { onFact } });
    await expect(failing).rejects.toThrow(RunFailure);
    await expect(failing).rejects.toMatchObject({ committedMs: cut, toMs: END });
    await expect(failing).rejects.toThrow(/no space left on device/);
    expect(digests(root)).toEqual(digests(whole));
  });

  it('that comes after the manifest was replaced keeps the new commit', async () => {
    const root = newFolder();
    let replaced = false;
    const onStep = (step: string) => {
      if (step.startsWith('advance')) replaced = false;
      if (step === 'write state' && replaced) throw new Error('no luck');
      if (step === 'replace manifest') replaced = true;
    };
    // The opening of the world replaces a manifest too.
    await generate(root, { toMs: START + 1 });
    const failing = generate(root, { onStep });
    await expect(failing).rejects.toMatchObject({ committedMs: END });
    expect(digests(root)).toEqual(await reference());
  });
});

it.each([40, 'replace manifest'])(
  'a world that crashed at %s can be restored to its last commit without running it',
  async (at) => {
    const cut = Date.parse('2024-02-29T06:00:00Z');
    const root = newFolder();
    await generate(root, { toMs: cut });
    const committed = digests(root);
    const crashed = await crashAt(root, at, {});
    expect(digests(crashed)).not.toEqual(committed);
    const paths = worldPaths(crashed);
    expect(recoverCrashed(paths)).toBeUndefined();
    writeFileSync(paths.lock, `${process.pid} ${os.hostname()}\n`);
    expect(isAbandoned(paths.lock)).toBe(true);
    expect(recoverCrashed(paths)).toBe(cut);
    expect(digests(crashed)).toEqual(committed);
  },
);

describe('another world', () => {
  it('is refused, every difference named with both values', async () => {
    const root = newFolder();
    await generate(root);
    const before = digests(root);
    const other = () => generate(root, { world: { seed: 2, regions: 3 }, toMs: END + 1 });
    await expect(other()).rejects.toThrow(InputError);
    await expect(other()).rejects.toThrow(/seed: is 1, requested 2/);
    await expect(other()).rejects.toThrow(/volume\.dcs: is 2, requested 3/);
    expect(digests(root)).toEqual(before);
  });

  it('is not begun over tables of unknown origin', async () => {
    const root = newFolder();
    await generate(root);
    rmSync(path.join(root, 'checkpoint'), { recursive: true });
    await expect(generate(root)).rejects.toThrow(/sim clear/);
  });

  it('may be announced again with another start while nothing has been generated', async () => {
    const root = newFolder();
    const paths = worldPaths(root);
    openWorld(paths, fakeWorld({ paths, startMs: START - 86_400_000 }));
    await generate(root);
    expect(digests(root)).toEqual(await reference());
  });
});

it('a damaged manifest is an input error', async () => {
  const root = newFolder();
  await generate(root);
  writeFileSync(path.join(root, 'checkpoint', 'manifest.json'), '{"seed": 1');
  await expect(generate(root)).rejects.toThrow(InputError);
});

it('masters that are missing are written again', async () => {
  const root = newFolder();
  await generate(root);
  const before = digests(root);
  rmSync(path.join(root, 'master', 'stores.csv'));
  await generate(root);
  expect(digests(root)).toEqual(before);
});
