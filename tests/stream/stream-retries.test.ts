/** Dead letters that the running stream sends again to its local hub. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Hub } from '../../src/hub/hub.ts';
import { RunningStream } from '../../src/stream/running-stream.ts';
import { takeLock } from '../../src/store/lock.ts';
import type { WorldPaths } from '../../src/store/paths.ts';
import { askForRetry } from '../../src/stream/retry-requests.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { listDeadLetters } from '../../src/delivery/dead-letters.ts';
import { readJournal } from '../../src/delivery/journal-access.ts';
import type { LedgerRow } from '../../src/delivery/ledger.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { SMALL_VOLUME, type SmallWorld, smallWorld } from '../run/small-world.ts';

const FROM_MS = Date.parse('2024-03-08T22:00:00Z');
const CUT_MS = Date.parse('2024-03-09T16:00:00Z');
const PATIENT = { timeout: 60_000 };
const ENTITY = 'retail-events';

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(FROM_MS, CUT_MS);
});
afterAll(() => world.remove());

interface Streaming {
  readonly stream: RunningStream;
  readonly paths: WorldPaths;
  readonly hub: Hub;
  /** Every ledger that was told. */
  readonly ledgers: LedgerRow[];
  retry(): Promise<{ code: number; stdout: string; stderr: string }>;
}

async function streaming(): Promise<Streaming> {
  const paths = world.copy();
  const config = path.join(paths.root, 'config.json');
  writeFileSync(config, JSON.stringify({ seed: 5, volume: SMALL_VOLUME }));
  const ledgers: LedgerRow[] = [];
  const { config: own } = world.settings;
  const stream = await RunningStream.start({
    settings: {
      ...world.settings,
      // Batches of one: a refusal is the end of one event.
      config: { ...own, realtime: { ...own.realtime, max_batch_size: 1 } },
    },
    paths,
    makeWorld: simulatedWorld,
    catchUp: 'none',
    nowMs: () => CUT_MS,
    speed: 60,
    onStatus: ({ total }) => ledgers.push(total),
  });
  const { hub } = (stream as unknown as { parts: { target: { hub: Hub } } }).parts.target;
  const retry = async () => {
    const terminal = fakeTerminal();
    const flags = ['--out', paths.root, '--config', config, '--json'];
    const code = await main(['dlq', 'retry', ...flags], terminal);
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  };
  return { stream, paths, hub, ledgers, retry };
}

async function refuse({ hub, paths }: Streaming, letters: number): Promise<string[]> {
  for (let count = 0; count < letters; count++) hub.faults.next({ kind: 'refuse' });
  await expect.poll(() => listDeadLetters(paths.deadLetters).length, PATIENT).toBe(letters);
  return listDeadLetters(paths.deadLetters).map(({ event }) => event.eventId);
}

function storedIn(hub: Hub): string[] {
  return Array.from({ length: 8 }, (_, partition) => hub.partition(ENTITY, partition))
    .flat()
    .map(({ body }) => JSON.parse((body as Buffer).toString('utf8')).event_id);
}

const isTrue = ({ generated, sent, acknowledged, deadLettered, inFlight }: LedgerRow) =>
  generated === acknowledged + deadLettered + inFlight && sent >= acknowledged && inFlight >= 0;

describe('dlq retry while the stream runs', () => {
  it('delivers what it can, keeps letters that are refused again, and the ledger is correct throughout', async () => {
    const running = await streaming();
    const { stream, paths, hub, ledgers, retry } = running;
    const ids = await refuse(running, 3);
    expect(stream.ledger.total()).toMatchObject({ deadLettered: 3, retried: 0 });
    stream.pause();
    await expect.poll(() => stream.status().buffered, PATIENT).toBe(0);
    hub.faults.next({ kind: 'refuse' });
    const { code, stdout, stderr } = await retry();
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ delivered: 2, kept: 1 });
    expect(stream.ledger.total()).toMatchObject({ deadLettered: 1, inFlight: 0, retried: 3 });
    const [kept] = listDeadLetters(paths.deadLetters);
    expect(kept).toMatchObject({ attempts: 2 });
    expect(kept.resent).toBeUndefined();
    // Also on disk, as a crash would find it.
    expect(readJournal(paths.journal)?.ledger.total()).toEqual(stream.ledger.total());

    stream.resume();
    expect(JSON.parse((await retry()).stdout)).toEqual({ delivered: 1, kept: 0 });
    expect(existsSync(paths.deadLetters)).toBe(false);
    await expect(stream.stop()).resolves.toMatchObject({ settled: true });
    expect(ledgers.filter((ledger) => !isTrue(ledger))).toEqual([]);
    const { generated, acknowledged, deadLettered } = stream.ledger.total();
    expect({ acknowledged, deadLettered }).toEqual({ acknowledged: generated, deadLettered: 0 });
    expect(ids).toHaveLength(3);
    expect(readdirSync(paths.stream).filter((name) => name.startsWith('retry-'))).toEqual([]);
  });

  it('delivers each letter to the hub of the stream once', async () => {
    const running = await streaming();
    const { stream, hub, retry } = running;
    const ids = await refuse(running, 2);
    expect(storedIn(hub).filter((id) => ids.includes(id))).toEqual([]);
    await retry();
    expect(
      storedIn(hub)
        .filter((id) => ids.includes(id))
        .toSorted(),
    ).toEqual(ids.toSorted());
    expect((await retry()).stdout).toBe('{"delivered":0,"kept":0}\n');
    await stream.stop();
  });

  it('says so if the stream ends meanwhile, and keeps the letters', async () => {
    const running = await streaming();
    const { stream, hub, paths, retry } = running;
    await refuse(running, 1);
    for (let partition = 0; partition < 8; partition++) {
      hub.faults.next(partition, { kind: 'silence', forMs: 60_000 });
    }
    const asked = retry();
    await expect
      .poll(() => readdirSync(paths.stream).some((name) => name.endsWith('.taken')), PATIENT)
      .toBe(true);
    await stream.stop(50);
    const { code, stderr } = await asked;
    expect(code).toBe(1);
    expect(stderr).toContain('Cannot send the dead letters again');
    expect(listDeadLetters(paths.deadLetters)).toHaveLength(1);
  });
});

it('a process that uses the world without streaming ignores it', async () => {
  const paths = world.copy();
  const release = takeLock(paths.lock);
  try {
    await expect(askForRetry(paths)).resolves.toBeUndefined();
    expect(readdirSync(paths.stream)).toEqual([]);
  } finally {
    release();
  }
});
