/** A world that was disrupted while it was streamed is generated again from its journal. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/engine/time.ts';
import {
  cancelDisruption,
  clearDisruptions,
  createDisruption,
  listDisruptions,
} from '../../../src/run/disruptions/control.ts';
import { readReached } from '../../../src/delivery/frontier.ts';
import { generateHistory } from '../../../src/run/generation.ts';
import { simulatedWorld } from '../../../src/run/simulated-world.ts';
import type { SmallWorld } from '../small-world.ts';
import {
  begunWorld,
  CUT_MS,
  filesOf,
  history,
  OUTAGE,
  SHORTAGE,
  STORM,
  stream,
  TO_MS,
  withJournalOf,
} from './disrupted-world.ts';

/** An hour of the world in a second. */
const SPEED = 3_600;

let world: SmallWorld;
beforeAll(async () => {
  world = await begunWorld();
});
afterAll(() => world.remove());

/** A wall clock that a test moves. */
class Wall {
  ms = 0;
  readonly read = () => this.ms;
}

describe('a world that is disrupted while it is streamed', () => {
  it('ends where history ends with the same journal, byte for byte, on threads too', async () => {
    const disrupted = world.copy();
    const wall = new Wall();
    const running = await stream(world, disrupted, {
      speed: SPEED,
      wallMs: wall.read,
      alsoCsv: true,
      toMs: TO_MS,
      checkpointEveryMs: 5_000,
    });
    let atMs = CUT_MS;
    const pass = async (seconds: number) => {
      wall.ms += seconds * 1000;
      atMs = Math.min(TO_MS, atMs + seconds * HOUR_MS);
      await expect.poll(() => running.status().simulatedMs, { timeout: 20_000 }).toBe(atMs);
    };
    /** The wall clock goes on a little while somebody waits for an answer. */
    const meanwhile = async <Result>(answer: Promise<Result>) => {
      await sleep(10);
      await pass(0.25);
      return answer;
    };
    await pass(1);
    const firstMs = atMs;
    expect(await meanwhile(createDisruption(disrupted, OUTAGE))).toMatchObject({
      number: 1,
      startMs: firstMs,
      createdMs: firstMs,
      endMs: firstMs + 9 * HOUR_MS,
      state: 'active',
    });
    await pass(2);
    expect(await meanwhile(createDisruption(disrupted, STORM))).toMatchObject({ number: 2 });
    await pass(1);
    const plannedMs = atMs + 4 * HOUR_MS;
    expect(await meanwhile(createDisruption(disrupted, SHORTAGE))).toMatchObject({
      number: 3,
      state: 'planned',
      startMs: plannedMs,
    });
    await pass(4);
    await pass(3);
    const cancelledMs = atMs;
    expect(await meanwhile(cancelDisruption(disrupted, 'L2'))).toMatchObject({
      number: 2,
      state: 'cancelled',
      cancelledMs,
    });
    expect(listDisruptions(disrupted, atMs).disruptions.map(({ state }) => state)).toEqual([
      'over',
      'cancelled',
      'active',
    ]);
    expect(await meanwhile(clearDisruptions(disrupted))).toEqual(['L3']);
    while (atMs < TO_MS) await pass(4);
    await running.ended;
    // It has come to rest there.
    expect(readReached(disrupted.frontier)).toBe(TO_MS);

    const again = withJournalOf(world, disrupted);
    await history(world, again, CUT_MS + 2 * HOUR_MS);
    await history(world, again, TO_MS, 2);
    expect(filesOf(again)).toEqual(filesOf(disrupted));
    const record = path.join(disrupted.facts, 'supply_chain_disruption', 'dt=2024-03-09');
    expect(readFileSync(path.join(record, 'part-1.csv'), 'utf8')).toContain(
      ',dc_outage,SEVERE,L1: ',
    );
  }, 120_000);
});

describe('a request where no stream runs', () => {
  it('is accepted at once, at the later end of history and stream', async () => {
    const paths = world.copy();
    const first = await createDisruption(paths, OUTAGE);
    expect(first).toMatchObject({ number: 1, startMs: CUT_MS });
    await history(world, paths, CUT_MS + HOUR_MS);
    expect(await createDisruption(paths, STORM)).toMatchObject({ startMs: CUT_MS + HOUR_MS });
    await (await stream(world, paths, { speed: Infinity, toMs: CUT_MS + 3 * HOUR_MS })).ended;
    expect(await createDisruption(paths, STORM)).toMatchObject({ startMs: CUT_MS + 3 * HOUR_MS });
    // The history gets it when it comes there.
    const again = withJournalOf(world, paths);
    await history(world, paths, TO_MS);
    await history(world, again, TO_MS);
    expect(filesOf(again)).toEqual(filesOf(paths));
  });

  it('waits while history is generated, and is accepted by the next run', async () => {
    const paths = world.copy();
    let handedIn: ReturnType<typeof createDisruption> | undefined;
    await generateHistory({
      settings: world.settings,
      paths,
      makeWorld: simulatedWorld,
      workers: 1,
      nowMs: () => CUT_MS,
      window: { toMs: CUT_MS + HOUR_MS },
      onProgress: () => {
        handedIn ??= createDisruption(paths, OUTAGE, { patienceMs: 0 });
      },
    });
    expect(await handedIn).toBeUndefined();
    expect(listDisruptions(paths)).toMatchObject({
      disruptions: [],
      waiting: [{ command: 'create' }],
    });
    await history(world, paths, CUT_MS + 2 * HOUR_MS);
    expect(listDisruptions(paths)).toMatchObject({
      disruptions: [{ number: 1, startMs: CUT_MS + HOUR_MS, state: 'active' }],
      waiting: [],
    });
  });
});
