/** The stream of a day is the CSV of that day: fact for fact, id for id, however often it was stopped. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { worldPaths } from '../../src/run/paths.ts';
import { worldContent } from '../../src/run/world-files.ts';
import { digests } from './digests.ts';
import { startSim } from './sim-process.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-realtime-'));
afterAll(() => rmSync(base, { recursive: true }));
const config = path.join(base, 'config.json');
const whole = path.join(base, 'whole');
const begun = path.join(base, 'begun');
const FROM = '2024-03-08T22:00:00Z';
const CUT = '2024-03-09T15:20:10.123Z';
const TO = '2024-03-10T19:40:00.5Z';

async function sim(...args: readonly string[]): Promise<string> {
  const { code, stderr } = await startSim([...args, '--config', config]).ended;
  expect(stderr).not.toContain('error:');
  expect(code).toBe(0);
  return stderr;
}

function streaming(out: string, ...more: readonly string[]): string[] {
  const flags = ['--mode', 'realtime', '--catch-up', 'none', '--speed', 'max', '--sink', 'ndjson'];
  return ['run', ...flags, '--out', out, ...more];
}

/** A copy of the world that has a history up to the cut. */
function copyOfBegun(name: string): string {
  const out = path.join(base, name);
  cpSync(begun, out, { recursive: true });
  return out;
}

/** Digests of all files but the stream's. */
const csvOf = (root: string) => digests(root).filter((line) => !line.includes('stream/'));

interface Envelope {
  readonly event_id: string;
  readonly event_type: string;
  readonly event_timestamp: string;
  readonly parent_event_id: string | null;
}

function eventsOf(root: string): Envelope[] {
  const text = readFileSync(path.join(root, 'stream', 'events.ndjson'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const idsOf = (events: readonly Envelope[]) => [...new Set(events.map(({ event_id }) => event_id))];

beforeAll(async () => {
  const volume = {
    stores: 3,
    dcs: 2,
    total_geographies: 8,
    total_customers: 600,
    total_products: 400,
    customers_per_day: 80,
    online_orders_per_day: 20,
  };
  writeFileSync(config, JSON.stringify({ seed: 5, volume }));
  await sim('run', '--mode', 'history', '--out', begun, '--from', FROM, '--to', CUT);
  cpSync(begun, whole, { recursive: true });
  await sim('run', '--mode', 'history', '--out', whole, '--to', TO);
});

/** Rows of facts in a world's files. */
function rowsOf(root: string): number {
  return worldContent(worldPaths(root))
    .own.filter((file) => file.startsWith(path.join(root, 'facts')))
    .reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 2, 0);
}

describe('realtime', () => {
  it('with CSV leaves the files of a history, and an event for each row of them', async () => {
    const out = copyOfBegun('with-csv');
    await sim(...streaming(out, '--also-csv', '--to', TO));
    expect(csvOf(out)).toEqual(csvOf(whole));
    const events = eventsOf(out);
    expect(events.length).toBe(rowsOf(whole) - rowsOf(begun));
    expect(idsOf(events).length).toBe(events.length);
    const stamps = events.map(({ event_timestamp }) => event_timestamp);
    expect(stamps.every((at) => at >= CUT && at < TO)).toBe(true);
  });

  it('without CSV streams the same, in one life or several, and leaves the history free to follow', async () => {
    const out = copyOfBegun('several-lives');
    for (const to of ['2024-03-09T15:20:10.124Z', '2024-03-10T03:00:00Z', TO]) {
      await sim(...streaming(out, '--to', to));
      expect(csvOf(out)).toEqual(csvOf(begun));
    }
    const expected = eventsOf(path.join(base, 'with-csv'));
    expect(idsOf(eventsOf(out)).toSorted()).toEqual(idsOf(expected).toSorted());
    await sim('run', '--mode', 'history', '--out', out, '--to', TO);
    expect(csvOf(out)).toEqual(csvOf(whole));
  });

  it('streams only what is asked for, with the ids that it has among all', async () => {
    const out = copyOfBegun('filtered');
    await sim(...streaming(out, '--to', TO, '--events', 'receipt_created,stockout_detected'));
    const expected = eventsOf(path.join(base, 'with-csv')).filter(({ event_type }) =>
      ['receipt_created', 'stockout_detected'].includes(event_type),
    );
    expect(idsOf(eventsOf(out)).toSorted()).toEqual(idsOf(expected).toSorted());
  });

  it('killed at any moment loses nothing, and repeats only what it may not have sent', async () => {
    const out = copyOfBegun('killed');
    // Slow enough to be killed on the way.
    const args = [...streaming(out, '--to', TO), '--config', config];
    args[args.indexOf('max')] = '25000';
    let kills = 0;
    for (const ms of [900, 1300, 1700, 2100, 2500]) {
      const { child, ended } = startSim(args);
      await sleep(ms);
      child.kill('SIGKILL');
      if ((await ended).code === null) kills++;
    }
    expect(kills).toBeGreaterThan(2);
    await sim(...streaming(out, '--to', TO));
    const events = eventsOf(out);
    const expected = eventsOf(path.join(base, 'with-csv'));
    expect(idsOf(events).toSorted()).toEqual(idsOf(expected).toSorted());
    // At most a batch for each kill: the file is one partition.
    expect(events.length - expected.length).toBeLessThanOrEqual(kills * 256);
  });

  it('says which command makes a history where there is none', async () => {
    const out = path.join(base, 'nothing');
    const { code, stderr } = await startSim([...streaming(out), '--config', config]).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/no history to go on from[\s\S]*--yes[\s\S]*run --mode history --out/);
    expect(existsSync(path.join(out, 'master'))).toBe(false);
  });
});
