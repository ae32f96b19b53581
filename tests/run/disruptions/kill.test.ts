/** `kill -9` at any moment after a command leaves the same world as without. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatInstant } from '../../../src/engine/time.ts';
import { createDisruption } from '../../../src/run/disruptions/control.ts';
import { readReached } from '../../../src/delivery/frontier.ts';
import { lockOwner } from '../../../src/store/lock.ts';
import { startSim } from '../sim-process.ts';
import { SMALL_VOLUME, type SmallWorld } from '../small-world.ts';
import {
  begunWorld,
  CUT_MS,
  eventIdsOf,
  filesOf,
  history,
  OUTAGE,
  SHORTAGE,
  STORM,
  stream,
  TO_MS,
  withJournalOf,
} from './disrupted-world.ts';

let world: SmallWorld;
beforeAll(async () => {
  world = await begunWorld();
});
afterAll(() => world.remove());

describe('a stream that is killed after a command', () => {
  it('ends as if it had not been killed, wherever it was', async () => {
    const paths = world.copy();
    const config = path.join(path.dirname(paths.root), 'config.json');
    writeFileSync(config, JSON.stringify({ seed: 5, volume: SMALL_VOLUME }));
    const flags = ['--config', config, '--out', paths.root];
    const live = ['run', '--mode', 'realtime', '--catch-up', 'none', '--sink', 'ndjson', ...flags];
    const until = ['--to', formatInstant(TO_MS)];
    for (const request of [OUTAGE, STORM]) {
      const { child, ended } = startSim([...live, '--speed', '3000', ...until]);
      // A machine with much to do takes its time to start a process.
      const owner = () => lockOwner(paths.lock);
      await expect.poll(owner, { timeout: 100_000 }).toBe(`process ${child.pid}`);
      const made = await createDisruption(paths, request, { patienceMs: 60_000 });
      expect(made?.createdMs).toBeGreaterThanOrEqual(CUT_MS);
      await sleep(300);
      child.kill('SIGKILL');
      expect((await ended).code).toBeNull();
    }
    const between = await createDisruption(paths, SHORTAGE);
    expect(between?.createdMs).toBe(readReached(paths.frontier));
    const { code, stderr } = await startSim([...live, '--speed', 'max', ...until]).ended;
    expect({ code, stderr }).toMatchObject({ code: 0 });

    const again = withJournalOf(world, paths);
    await (await stream(world, again, { speed: Infinity, toMs: TO_MS })).ended;
    expect(eventIdsOf(paths)).toEqual(eventIdsOf(again));
    // The history follows, into its files.
    await history(world, paths, TO_MS);
    const files = withJournalOf(world, paths);
    await history(world, files, TO_MS);
    expect(filesOf(files)).toEqual(filesOf(paths));
  }, 240_000);
});
