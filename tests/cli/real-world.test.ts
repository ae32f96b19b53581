/** The commands over a real, small world: what a user does in the first minutes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { contentDigests } from '../helpers/decompressed.ts';
import { digests } from '../run/digests.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { wordsOf } from './words.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-real-'));
const world = path.join(base, 'w');
afterAll(() => rmSync(base, { recursive: true }));

async function sim(line: string) {
  const terminal = fakeTerminal();
  const code = await main(wordsOf(line, base), terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const SMALL = '--mode history --preset small --seed 9 --from 2024-03-01';

beforeAll(async () => {
  const { code, stderr } = await sim(`run ${SMALL} --to 2024-03-03 --out ${world}`);
  expect(stderr).toContain('Generated');
  expect(code).toBe(0);
});

function rowsOf(table: string): number {
  const folder = path.join(world, 'facts', table);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.csv'),
  );
  const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8'));
  return texts.reduce((rows, text) => rows + text.split('\n').length - 2, 0);
}

it('a window in two runs, the second within a day, gives the same files', async () => {
  const parts = path.join(base, 'parts');
  await sim(`run ${SMALL} --to 2024-03-01T19:48:03.217Z --out ${parts}`);
  await sim(`run ${SMALL} --to 2024-03-03 --out ${parts}`);
  expect(digests(parts)).toEqual(digests(world));
});

it('the estimate is close to the files of a run', async () => {
  const { stdout } = await sim(`estimate --preset small --days 2 --json --out ${base}/none`);
  const { tables } = JSON.parse(stdout) as { tables: { table: string; rows: number }[] };
  for (const table of ['receipts', 'receipt_lines', 'foot_traffic', 'ble_pings', 'online_orders']) {
    const estimated = tables.find((estimate) => estimate.table === table)?.rows ?? 0;
    expect(rowsOf(table) / estimated, table).toBeGreaterThan(0.6);
    expect(rowsOf(table) / estimated, table).toBeLessThan(1.5);
  }
});

it('compressed, it is the same world, and verify finds no fault', async () => {
  const compressed = path.join(base, 'z');
  await sim(`run ${SMALL} --to 2024-03-02T06:00:00Z --out ${compressed} --compress gzip`);
  await sim(`run ${SMALL} --to 2024-03-03 --out ${compressed}`);
  const facts = (root: string) => contentDigests(path.join(root, 'facts'));
  expect(await facts(compressed)).toEqual(await facts(world));
  const { stdout, code } = await sim(`verify ${compressed}`);
  expect(stdout).toMatch(/All \d+ checks hold/);
  expect(code).toBe(0);
});

it('compressed, it is streamed without naming the compression', async () => {
  const compressed = path.join(base, 'streamed');
  await sim(`run ${SMALL} --to 2024-03-01T12:00:00Z --out ${compressed} --compress zstd`);
  const realtime = `run --mode realtime --preset small --seed 9 --out ${compressed}`;
  const stream = '--sink blackhole --catch-up none --speed max --to 2024-03-01T12:30:00Z';
  const { code, stderr } = await sim(`${realtime} ${stream}`);
  expect(stderr).toContain('everything is delivered');
  expect(code).toBe(0);
});

it('verify finds no fault, and finds changed rows', async () => {
  const whole = await sim(`verify ${world}`);
  expect(whole.stdout).toMatch(/All \d+ checks hold/);
  expect(whole.code).toBe(0);
  const part = path.join(world, 'facts', 'receipts', 'dt=2024-03-02', 'part-1.csv');
  const text = readFileSync(part, 'utf8');
  const rows = text.trimEnd().split('\n');
  // The last receipt of the day goes missing.
  writeFileSync(part, `${rows.slice(0, -1).join('\n')}\n`);
  const broken = await sim(`verify ${world} --json`);
  writeFileSync(part, text);
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.stdout).broken).toBeGreaterThan(0);
});
