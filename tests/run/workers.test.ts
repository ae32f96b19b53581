/** Threads: the same bytes however many there are; a fault in one is the fault of the run. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/cli/settings.ts';
import { InputError, OutputError } from '../../src/domain/errors.ts';
import { errorData, errorOf } from '../../src/threads/error-transfer.ts';
import { runHistory } from '../../src/run/history.ts';
import { RunFailure } from '../../src/run/run-failure.ts';
import type { Onlooker } from '../../src/run/onlooker.ts';
import type { CommitPace } from '../../src/run/pace.ts';
import { openWorld } from '../../src/run/open-world.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { Schedule } from '../../src/run/schedule.ts';
import type { RegionWorker } from '../../src/run/threads/region-worker.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import type { Codec } from '../../src/tables/compression.ts';
import { contentDigests } from '../helpers/decompressed.ts';
import { digests } from './digests.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-workers-'));
afterAll(() => rmSync(base, { recursive: true }));
const START = Date.parse('2024-03-01T09:30:00Z');
const DAY_MS = 86_400_000;
/** Two midnights, and a cut between them: one day is over, another goes on in the next run. */
const DAYS = 2;
const CUT_DAYS = 1.3;

const config = path.join(base, 'config.json');
const EVERY_DAY: CommitPace = { due: () => true, committed: () => {} };
/** For faults: the commit that they go back to must not depend on how fast the machine is. */
const AT_THE_END: CommitPace = { due: () => false, committed: () => {} };

/** The world of one thread, uncut: what all others must be. */
const one = path.join(base, 'one');
let ofOne: { readonly rows: number; readonly bytes: number };

beforeAll(async () => {
  const volume = {
    stores: 4,
    dcs: 3,
    total_geographies: 12,
    total_customers: 900,
    total_products: 400,
    customers_per_day: 100,
    online_orders_per_day: 20,
  };
  writeFileSync(config, JSON.stringify({ seed: 5, volume }));
  ofOne = await generate(one, 1, DAYS);
});

interface Run {
  readonly beforeRun?: () => void;
  readonly compress?: Codec;
  readonly pace?: CommitPace;
  readonly onlooker?: Onlooker;
}

async function generate(root: string, workers: number, days: number, run: Run = {}) {
  const { beforeRun = () => {}, compress, onlooker, pace = EVERY_DAY } = run;
  const paths = worldPaths(root);
  const world = simulatedWorld({ ...readSettings({ config }), compress }, START, paths);
  const manifest = openWorld(paths, world);
  beforeRun();
  const toMs = START + days * DAY_MS;
  return runHistory({ paths, world, manifest, workers, toMs, pace, onlooker });
}

describe('worker threads', () => {
  it('write the bytes of one thread, cut anywhere', async () => {
    const cut = path.join(base, 'cut');
    const first = await generate(cut, 2, CUT_DAYS);
    for (const workers of [2, 5]) {
      const root = path.join(base, `with-${workers}`);
      cpSync(cut, root, { recursive: true });
      const second = await generate(root, workers, DAYS);
      expect(digests(root), `${workers} workers`).toEqual(digests(one));
      expect(first.rows + second.rows).toBe(ofOne.rows);
      expect(second.bytes).toBeLessThan(ofOne.bytes);
    }
  });

  it.each([1, 2])('are not changed by an onlooker: %i', async (workers) => {
    const root = path.join(base, `watched-by-${workers}`);
    const wanted: string[] = [];
    const seen: string[] = [];
    let inside = 0;
    const onlooker: Onlooker = {
      wants: (id, nowMs) => wanted.push(`${id} at ${nowMs}`) > 0,
      see: ({ id, nowMs, stores }) => {
        seen.push(`${id} at ${nowMs}`);
        for (const { occupancy } of stores) inside += occupancy;
      },
    };
    await generate(root, workers, DAYS, { onlooker });
    expect(digests(root)).toEqual(digests(one));
    expect(seen.toSorted()).toEqual(wanted.toSorted());
    expect(new Set(seen.map((each) => each.split(' ')[0])).size).toBe(3);
    expect(inside).toBeGreaterThan(0);
  });

  it.each(['gzip', 'zstd'] as const)(
    'compress with %s to the same bytes, cut anywhere',
    async (codec) => {
      const alone = path.join(base, `one-${codec}`);
      await generate(alone, 1, DAYS, { compress: codec });
      const facts = (root: string) => contentDigests(path.join(root, 'facts'));
      expect(await facts(alone)).toEqual(await facts(one));
      const two = path.join(base, `two-${codec}`);
      await generate(two, 2, CUT_DAYS, { compress: codec });
      await generate(two, 2, DAYS, { compress: codec });
      expect(digests(two)).toEqual(digests(alone));
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'that find the disk full while they compress stop the run',
    async () => {
      const root = path.join(base, 'full');
      await generate(root, 2, 0.5, { compress: 'gzip' });
      const committed = digests(root);
      const day = path.join(root, 'facts', 'receipts', 'dt=2024-03-02');
      const unfinished = path.join(day, 'part-2.csv.gz.tmp');
      const fill = () => {
        mkdirSync(day, { recursive: true });
        symlinkSync('/dev/full', unfinished);
      };
      const failing = generate(root, 2, DAYS, {
        beforeRun: fill,
        compress: 'gzip',
        pace: AT_THE_END,
      });
      await expect(failing).rejects.toThrow(RunFailure);
      await expect(failing).rejects.toThrow(/part-2\.csv\.gz": the disk is full \(ENOSPC\)/);
      await expect(failing).rejects.toMatchObject({ cause: { name: 'OutputError' } });
      await generate(root, 2, 0.5, { compress: 'gzip' });
      expect(digests(root)).toEqual(committed);
    },
  );

  it('stop the run at an error, and the files of the last commit are restored', async () => {
    const root = path.join(base, 'damaged');
    await generate(root, 2, 0.5);
    const committed = digests(root);
    // Something stands in the way: a folder where a part of the next day should be.
    const day = path.join(root, 'facts', 'receipts', 'dt=2024-03-02');
    const obstacle = path.join(day, 'part-2.csv.tmp', 'x');
    const failing = generate(root, 2, DAYS, {
      beforeRun: () => cpSync(config, obstacle),
      pace: AT_THE_END,
    });
    await expect(failing).rejects.toThrow(RunFailure);
    await expect(failing).rejects.toMatchObject({ committedMs: START + DAY_MS / 2 });
    await expect(failing).rejects.toThrow(/part-2\.csv/);
    rmSync(day, { recursive: true });
    await generate(root, 2, 0.5);
    expect(digests(root)).toEqual(committed);
  });
});

describe('errors on their way between threads', () => {
  it('keep the classes that callers handle', () => {
    const cause = new OutputError('disk full');
    const sent = structuredClone(errorData(new InputError('bad', { cause })));
    const error = errorOf(sent);
    expect(error).toBeInstanceOf(InputError);
    expect(error.cause).toBeInstanceOf(OutputError);
    expect((error.cause as Error).message).toBe('disk full');
    expect(errorOf(errorData('text')).message).toBe('text');
    expect(errorOf(errorData(new RangeError('far'))).name).toBe('RangeError');
  });
});

describe('the schedule', () => {
  it('keeps all workers busy to the end, by handing regions over', async () => {
    let nowMs = 0;
    const timers: { atMs: number; wake: () => void }[] = [];
    const sleep = (ms: number) =>
      new Promise<void>((wake) => timers.push({ atMs: nowMs + ms, wake }));
    const busyMs = [0, 0];
    const at = new Map<number, number>();
    const worker = (index: number): RegionWorker => ({
      open: async (id, { atMs }) => void at.set(id, atMs),
      advance: async (id, endMs) => {
        const costMs = (endMs - at.get(id)!) / 3600e3;
        at.set(id, endMs);
        busyMs[index] += costMs;
        await sleep(costMs);
        return { rows: 1, bytes: 1 };
      },
      look: async () => undefined,
      handOver: async (id) => ({
        sections: {},
        atMs: at.get(id)!,
        openParts: [],
        changedFolders: [],
        written: { rows: 0, bytes: 0 },
      }),
      checkpoint: async () => [],
      committed: async () => {},
      abort: async () => {},
      close: async () => {},
    });
    const schedule = new Schedule([worker(0), worker(1)], {
      interrupted: () => false,
      commitDue: () => false,
      onStep: () => {},
      wallMs: () => nowMs,
    });
    await schedule.open([1, 2, 3, 4, 5].map((id) => ({ id, origin: { atMs: 0 } })));
    let done = false;
    const running = schedule.advance(0, 10 * DAY_MS).then(() => {
      done = true;
    });
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (done) break;
      timers.sort((a, b) => a.atMs - b.atMs);
      const next = timers.shift();
      if (next === undefined) continue;
      nowMs = next.atMs;
      next.wake();
    }
    await running;
    // Five regions of 240 ms on two workers: 600 ms each; a fixed division would need 720.
    expect(busyMs[0] + busyMs[1]).toBeCloseTo(1200);
    expect(nowMs).toBeLessThan(615);
  });
});
