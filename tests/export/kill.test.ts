/** An export that is killed goes on where it was: nothing is missing afterwards, and nothing there twice. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SmallWorld } from '../run/small-world.ts';
import { startSim } from '../run/sim-process.ts';
import { begunWorld, exported } from './worlds.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-export-kill-'));
let made: SmallWorld;
let root: string;

beforeAll(async () => {
  made = await begunWorld();
  ({ root } = made.copy());
  return () => made.remove();
}, 120_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** How far an export has come, as a number that grows. */
const PROGRESS: Readonly<Record<string, (output: string) => number>> = {
  parquet: (output) => {
    const ledger = path.join(output, 'export.ndjson');
    return existsSync(ledger) ? readFileSync(ledger, 'utf8').split('\n').length : 0;
  },
  duckdb: (output) => sizeOf(`${output}.wal`),
  sqlite: (output) => sizeOf(output) + sizeOf(`${output}-wal`),
};

it.each([
  ['parquet', [3, 20]],
  ['duckdb', [10_000, 400_000]],
  ['sqlite', [400_000, 900_000]],
])(
  '%s',
  async (kind, moments) => {
    const output = path.join(base, kind);
    for (const moment of moments) {
      const { child, ended } = startSim(['export', root, '--to', kind, '--output', output]);
      let isOver = false;
      void ended.then(() => {
        isOver = true;
      });
      while (!isOver && PROGRESS[kind](output) < moment) await sleep(1);
      child.kill('SIGKILL');
      const { code, stderr } = await ended;
      expect([code, stderr]).toEqual([null, expect.not.stringContaining('error')]);
    }
    // It compares the rows itself, and they are the world's.
    const { newRows, rows } = await exported(root, '--to', kind, '--output', output);
    const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
    expect(newRows).toBeGreaterThan(0);
    expect(newRows).toBeLessThan(all);
    expect((await exported(root, '--to', kind, '--output', output)).newRows).toBe(0);
    // Nothing lies beside it any more.
    expect(
      readdirSync(base).filter(
        (name) => name.startsWith(`${kind}.`) || name.startsWith(`${kind}-`),
      ),
    ).toEqual([]);
  },
  120_000,
);
