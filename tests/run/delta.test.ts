/** The Delta tables of a world: the same by any number of runs, threads and shards, whole after a crash anywhere. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/cli/settings.ts';
import { CLOSING, DIMENSION_NAMES } from '../../src/domain/dimensions.ts';
import { FACT_NAMES } from '../../src/domain/facts.ts';
import { type Format, parseFormats } from '../../src/domain/formats.ts';
import { generateHistory } from '../../src/run/generation.ts';
import { runHistory } from '../../src/run/history.ts';
import { openWorld, restoreLastCommit } from '../../src/run/open-world.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { keepDeltaTables } from '../../src/store/delta-tables.ts';
import { type Manifest, readManifest } from '../../src/store/manifest.ts';
import { mergeShards } from '../../src/store/merge.ts';
import { type WorldPaths, worldPaths } from '../../src/store/paths.ts';
import { removeWorld } from '../../src/store/remove-world.ts';
import type { StepHook } from '../../src/store/step-hook.ts';
import { withStorage } from '../../src/store/world-settings.ts';
import { worldContent } from '../../src/store/world-files.ts';
import { readLog } from '../../src/tables/delta/read-log.ts';
import { readCommitted } from '../../src/verify/committed.ts';
import { deltaProblems } from '../../src/verify/delta-tables.ts';
import { verifyWorld } from '../../src/verify/verify.ts';
import { bytesOf, contentOf, deltaOf, requirePrefix, tablesIn } from './delta-world.ts';
import { digests } from './digests.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-delta-'));
afterAll(() => rmSync(base, { recursive: true }));
const START = Date.parse('2024-03-01T09:30:00Z');
const DAY_MS = 86_400_000;
/** Two midnights, and a cut between them. */
const DAYS = 1.7;
const CUT_DAYS = 1;

const config = path.join(base, 'config.json');
const whole = path.join(base, 'whole');
const cut = path.join(base, 'cut');
/** As the cut world was before it was continued. */
const stopped = path.join(base, 'stopped');
let copies = 0;

beforeAll(async () => {
  const volume = {
    stores: 3,
    dcs: 2,
    total_geographies: 8,
    total_customers: 600,
    total_products: 400,
    customers_per_day: 60,
    online_orders_per_day: 15,
  };
  writeFileSync(config, JSON.stringify({ seed: 5, volume }));
  await generate(whole, DAYS);
  // Cut within a day, with a commit at every midnight, and by threads that hand regions to each other.
  await generate(cut, CUT_DAYS, { workers: 2, isDue: true });
  cpSync(cut, stopped, { recursive: true });
  await generate(cut, DAYS, { workers: 2, isDue: true });
}, 300_000);

interface How {
  readonly workers?: number;
  readonly isDue?: boolean;
  readonly formats?: readonly Format[];
  readonly onStep?: StepHook;
}

async function generate(root: string, days: number, how: How = {}) {
  const { workers = 1, isDue = false, formats = ['delta'], onStep } = how;
  const paths = worldPaths(root);
  const settings = withStorage(readSettings({ config }), { formats }, undefined);
  const world = simulatedWorld(settings, START, paths);
  const manifest = openWorld(paths, world);
  const pace = { due: () => isDue, committed: () => {} };
  const toMs = START + days * DAY_MS;
  return runHistory({ paths, world, manifest, workers, toMs, pace, ...(onStep && { onStep }) });
}

function copyOf(root: string): string {
  const copy = path.join(base, `copy-${copies++}`);
  cpSync(root, copy, { recursive: true });
  return copy;
}

const logNames = (root: string, table: string) =>
  readdirSync(path.join(deltaOf(root, table), '_delta_log')).sort();

describe('a world with Delta tables', () => {
  it('has one for every table, named as the tables are', () => {
    const names = [...FACT_NAMES, ...DIMENSION_NAMES, ...Object.keys(CLOSING)].sort();
    expect(tablesIn(whole)).toEqual(names);
  });

  it('has the rows of each table that the manifest tells', () => {
    const { regions } = readManifest(worldPaths(whole).manifest)!;
    for (const table of FACT_NAMES) {
      const rows = [...readLog(deltaOf(whole, table)).files.values()].reduce(
        (sum, { stats }) => sum + JSON.parse(stats!).numRecords,
        0,
      );
      const told = regions.reduce((sum, region) => sum + (region.rows?.[table] ?? 0), 0);
      expect([table, rows]).toEqual([table, told]);
    }
  });

  it('gives every table of facts a commit for the opening, for each day, and for the end within one', () => {
    const reached = FACT_NAMES.map((table) => {
      const { version, transactions } = readLog(deltaOf(whole, table));
      return [version, ...[...transactions.values()].map((txn) => txn.version)];
    });
    expect(new Set(reached.map(String))).toEqual(new Set([String([3, START + DAYS * DAY_MS])]));
  });

  it('has only times of the world in its logs', () => {
    for (const table of tablesIn(whole)) {
      for (const name of logNames(whole, table)) {
        const text = readFileSync(path.join(deltaOf(whole, table), '_delta_log', name), 'utf8');
        const times = text.matchAll(
          /"(?:timestamp|modificationTime|deletionTimestamp|createdTime|lastUpdated)":(\d+)/g,
        );
        for (const [, time] of times) {
          expect(Number(time)).toBeGreaterThanOrEqual(START);
          expect(Number(time)).toBeLessThanOrEqual(START + DAYS * DAY_MS);
        }
      }
    }
  });

  it('has them beside the files of Parquet, as second names of the same bytes', () => {
    const names = (of: readonly string[]) =>
      of.map((line) => line.split(' ')[1]).filter((digest) => digest !== undefined);
    const parquet = new Set(
      names(['master', 'facts', 'closing'].flatMap((kind) => digests(path.join(whole, kind)))),
    );
    const data = digests(path.join(whole, 'delta')).filter((line) => !line.includes('_delta_log'));
    expect(data.length).toBeGreaterThan(100);
    expect(names(data).filter((digest) => !parquet.has(digest))).toEqual([]);
  });

  it('has the same Parquet as one without', async () => {
    const parquet = path.join(base, 'parquet');
    await generate(parquet, DAYS, { formats: ['parquet'] });
    for (const kind of ['master', 'facts', 'closing']) {
      expect(digests(path.join(whole, kind))).toEqual(digests(path.join(parquet, kind)));
    }
    expect(existsSync(path.join(parquet, 'delta'))).toBe(false);
  });
});

it('Delta is Parquet already: naming both is naming Delta', () => {
  expect(parseFormats('parquet,delta', '--format')).toEqual(['delta']);
  expect(parseFormats('delta,csv', '--format')).toEqual(['csv', 'delta']);
  expect(() => parseFormats('detla', '--format')).toThrow('did you mean delta?');
});

describe('a world that was cut within a day', () => {
  it('ends with the same files in every table', () => {
    expect(contentOf(cut)).toEqual(contentOf(whole));
  });

  it('has a commit more, which the day replaced; its file stays for those who read it', () => {
    const folder = deltaOf(cut, 'receipts');
    const { version, removed } = readLog(folder);
    expect(version).toBe(4);
    expect(removed.size).toBe(2);
    for (const name of removed.keys()) expect(existsSync(path.join(folder, name))).toBe(true);
    const [, , stopped] = logNames(cut, 'receipts');
    const text = readFileSync(path.join(folder, '_delta_log', stopped), 'utf8');
    expect(text).toContain(`"timestamp":${START + CUT_DAYS * DAY_MS}`);
  });

  it('has the same bytes wherever commits of the run fell', async () => {
    const paced = path.join(base, 'paced');
    await generate(paced, DAYS, { workers: 2, isDue: true });
    expect(bytesOf(paced)).toEqual(bytesOf(whole));
    expect(contentOf(paced)).toEqual(contentOf(whole));
  });
});

it('shards merge to the same tables, byte for byte, and have none before', async () => {
  const root = path.join(base, 'shards');
  const paths = worldPaths(root);
  for (const index of [1, 2]) {
    await generateHistory({
      settings: readSettings({ config }),
      paths,
      makeWorld: simulatedWorld,
      window: { fromMs: START, toMs: START + DAYS * DAY_MS },
      workers: 1,
      shard: { index, count: 2 },
      formats: ['delta'],
      nowMs: Date.now,
    });
  }
  expect(existsSync(paths.delta)).toBe(false);
  await mergeShards(paths);
  expect(digests(paths.delta)).toEqual(digests(path.join(whole, 'delta')));
});

describe('after a crash', () => {
  /** A copy of a world whose last commit has brought nothing to its Delta tables yet. */
  function behind(): { paths: WorldPaths; manifest: Manifest } {
    const paths = worldPaths(copyOf(whole));
    rmSync(paths.delta, { recursive: true });
    return { paths, manifest: readManifest(paths.manifest)! };
  }

  it('anywhere among the steps of Delta, the next run has the bytes of an undisturbed one', () => {
    const { paths, manifest } = behind();
    const steps: string[] = [];
    keepDeltaTables(paths, manifest, (step) => steps.push(step));
    expect(digests(paths.delta)).toEqual(digests(path.join(whole, 'delta')));
    expect(steps.length).toBeGreaterThan(20);
    const seen: number[] = [];
    for (const at of [1, 9, 17, 18, 19, steps.length - 1]) {
      rmSync(paths.delta, { recursive: true });
      let step = 0;
      const crash = () => {
        if (step++ === at) throw new Error('crash');
      };
      expect(() => keepDeltaTables(paths, manifest, crash)).toThrow('crash');
      const { commits } = requirePrefix(paths.root, whole);
      seen.push(commits);
      keepDeltaTables(paths, manifest, () => {});
      expect(digests(paths.delta)).toEqual(digests(path.join(whole, 'delta')));
    }
    const all = FACT_NAMES.length * 4;
    expect([seen[0], seen.at(-1)]).toEqual([0, all]);
    expect(seen.some((commits) => commits > 0 && commits < all)).toBe(true);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
  });

  it('behind the manifest, the commit stands, and the next run goes on from it', async () => {
    const root = copyOf(stopped);
    const onStep = (step: string) => {
      if (step.startsWith('delta facts')) throw new Error('no luck');
    };
    const committedMs = START + DAYS * DAY_MS;
    await expect(generate(root, DAYS, { onStep })).rejects.toMatchObject({ committedMs });
    await generate(root, DAYS);
    expect(digests(path.join(root, 'facts'))).toEqual(digests(path.join(whole, 'facts')));
    expect(contentOf(root)).toEqual(contentOf(whole));
    expect(faultsIn(root)).toEqual([]);
  });

  it('the rest of an unfinished commit is removed, and nothing is written twice', async () => {
    const root = copyOf(whole);
    const log = path.join(deltaOf(root, 'receipts'), '_delta_log');
    unlinkSync(path.join(log, '00000000000000000003.json'));
    appendFileSync(path.join(log, '00000000000000000003.json.tmp'), '{"txn"');
    restoreLastCommit(worldPaths(root));
    expect(digests(path.join(root, 'delta'))).toEqual(digests(path.join(whole, 'delta')));
    restoreLastCommit(worldPaths(root));
    expect(digests(path.join(root, 'delta'))).toEqual(digests(path.join(whole, 'delta')));
  });
});

describe('what other programs do', () => {
  const END = START + 2 * DAY_MS;

  it('to the tables does not reach the world: a removed folder is made again', async () => {
    const root = copyOf(whole);
    rmSync(deltaOf(root, 'receipts'), { recursive: true });
    rmSync(deltaOf(root, 'stores'), { recursive: true });
    await generate(root, DAYS);
    restoreLastCommit(worldPaths(root));
    expect(digests(path.join(root, 'delta'))).toEqual(digests(path.join(whole, 'delta')));
    rmSync(path.join(root, 'delta'), { recursive: true });
    expect(faultsIn(root)).toHaveLength(
      FACT_NAMES.length + DIMENSION_NAMES.length + Object.keys(CLOSING).length,
    );
  });

  it('vacuum: removed files may go at once, and a commit without files is nothing new', async () => {
    const root = copyOf(cut);
    const folder = deltaOf(root, 'receipts');
    for (const name of readLog(folder).removed.keys()) unlinkSync(path.join(folder, name));
    const vacuum = `${JSON.stringify({ commitInfo: { timestamp: 1, operation: 'VACUUM END' } })}\n`;
    writeFileSync(path.join(folder, '_delta_log', '00000000000000000005.json'), vacuum);
    expect(faultsIn(root)).toEqual([]);
    await generate(root, 2);
    const { version, transactions } = readLog(folder);
    expect([version, [...transactions.values()][0].version]).toEqual([6, END]);
    const { version: other } = readLog(deltaOf(root, 'payments'));
    expect(other).toBe(5);
  });

  /** What OPTIMIZE writes: one file with the rows of all. */
  function optimize(root: string, table: string) {
    const folder = deltaOf(root, table);
    const { files, version } = readLog(folder);
    const [first] = files.values();
    cpSync(path.join(folder, first.path), path.join(folder, 'part-00000-optimized.parquet'));
    const actions = [
      { commitInfo: { operation: 'OPTIMIZE' } },
      ...[...files.keys()].map((name) => ({
        remove: { path: name, deletionTimestamp: 1, dataChange: false },
      })),
      { add: { ...first, path: 'part-00000-optimized.parquet', dataChange: false } },
    ];
    const name = `${String(version + 1).padStart(20, '0')}.json`;
    const text = actions.map((action) => JSON.stringify(action)).join('\n');
    writeFileSync(path.join(folder, '_delta_log', name), text);
  }

  it('optimize while a day is not over is refused with what to do, and the folder is made again', async () => {
    const root = copyOf(whole);
    optimize(root, 'receipts');
    await expect(generate(root, 2)).rejects.toThrow(
      /receipts".*while their last day was not over.*remove this folder/,
    );
    rmSync(deltaOf(root, 'receipts'), { recursive: true });
    await generate(root, 2);
    expect([...readLog(deltaOf(root, 'receipts')).files.keys()]).toHaveLength(2 * 3);
  });

  it('a log that is ahead of the world, or of another, is not continued', () => {
    const root = copyOf(whole);
    cpSync(deltaOf(whole, 'payments'), deltaOf(root, 'receipts'), { recursive: true, force: true });
    expect(() => restoreLastCommit(worldPaths(root))).toThrow('it belongs to another world');
    const early = copyOf(stopped);
    rmSync(deltaOf(early, 'receipts'), { recursive: true });
    cpSync(deltaOf(whole, 'receipts'), deltaOf(early, 'receipts'), { recursive: true });
    expect(() => restoreLastCommit(worldPaths(early))).toThrow(
      'it reaches 2024-03-03T02:18:00.000Z, and the world only 2024-03-02T09:30:00.000Z',
    );
  });
});

/** What is wrong with the Delta tables of a world, as `sim verify` finds it. */
function faultsIn(root: string): string[] {
  const { master, facts, closing } = worldPaths(root);
  const folders = { master, facts, closing };
  return deltaProblems(root, folders, readCommitted(root, folders)).map(
    ({ file, problem, kind }) => `${kind}: ${path.basename(file)} ${problem}`,
  );
}

describe('sim verify', () => {
  it('finds nothing wrong, in a world of one run and in one that was cut', () => {
    expect([...faultsIn(whole), ...faultsIn(cut)]).toEqual([]);
  });

  it('names a missing file of a Delta table, and checks the rows all the same', async () => {
    const root = copyOf(cut);
    const folder = deltaOf(root, 'payments');
    const [name] = readLog(folder).files.keys();
    unlinkSync(path.join(folder, name));
    const { checks } = await verifyWorld(root);
    const broken = checks.filter(
      ({ status }) => status !== 'holds' && status !== 'nothing to check',
    );
    expect(broken.map(({ id, violations }) => [id, violations])).toEqual([['C1a', 1]]);
    expect(JSON.stringify(broken)).toContain(name);
  });

  it('names files that are cut or damaged', () => {
    const root = copyOf(whole);
    const folder = deltaOf(root, 'payments');
    const [one, other] = readLog(folder).files.keys();
    const replace = (name: string, change: (bytes: Buffer) => Buffer) => {
      const file = path.join(folder, name);
      const bytes = change(readFileSync(file));
      unlinkSync(file);
      writeFileSync(file, bytes);
    };
    replace(one, (bytes) => bytes.subarray(0, 99));
    replace(other, (bytes) => bytes.fill(7, 20, 30));
    expect(faultsIn(root)).toEqual([
      expect.stringContaining(`twin: ${one} has 99 bytes, and `),
      `twin: ${other} has another content than was committed`,
    ]);
  });

  it('names what the log has too little or too much, and what others wrote', () => {
    const root = copyOf(whole);
    const log = path.join(deltaOf(root, 'payments'), '_delta_log');
    const last = path.join(log, logNames(root, 'payments').at(-1)!);
    const actions = readFileSync(last, 'utf8');
    unlinkSync(last);
    expect(faultsIn(root)[0]).toContain('is not in the log');
    writeFileSync(last, actions.replaceAll('-part-1-', '-part-7-'));
    expect(faultsIn(root)[0]).toMatch(/-part-7-.*is in the log, but was not committed/);
    writeFileSync(last, actions.replaceAll(/"path":"[^"]*"/g, '"path":"part-00000-x.parquet"'));
    expect(faultsIn(root)).toEqual([
      expect.stringContaining('part-00000-x.parquet was written by another program'),
    ]);
    writeFileSync(last, 'no JSON');
    expect(faultsIn(root)[0]).toContain("can't be read");
  });
});

it('all is its own, and removed as a whole', () => {
  const root = copyOf(cut);
  expect(worldContent(worldPaths(root)).foreign).toEqual([]);
  removeWorld(worldPaths(root));
  expect(existsSync(path.join(root, 'delta'))).toBe(false);
});

it('a world that has not begun may be given another format: its Delta tables go', () => {
  const root = path.join(base, 'chosen');
  const paths = worldPaths(root);
  const world = (formats: readonly Format[]) =>
    simulatedWorld(withStorage(readSettings({ config }), { formats }, undefined), START, paths);
  openWorld(paths, world(['delta']));
  expect(tablesIn(root)).toContain('receipts');
  openWorld(paths, world(['csv']));
  expect(existsSync(paths.delta)).toBe(false);
});
