/**
 * One process that streams, for the benches: reads its `StreamCase` as JSON from its first argument and
 * prints its `StreamFigures` as JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { argv } from 'node:process';
import { RunningStream } from '../../src/stream/running-stream.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { cpuUs } from './harness.ts';
import { giveResult } from './process.ts';
import type { StreamCase, StreamFigures } from './stream-case.ts';
import { transport } from './stream-transport.ts';

const given = JSON.parse(argv[2]) as StreamCase;
const folder = mkdtempSync(path.join(tmpdir(), 'bench-stream-'));
try {
  giveResult(await (given.world === undefined ? transport(given, folder) : wholeRun(given)));
} finally {
  rmSync(folder, { recursive: true });
}

/** Simulation, envelopes, publisher and hub, in one process: what the command does. */
async function wholeRun({ sink, warmUpEvents, events, world }: StreamCase): Promise<StreamFigures> {
  const config = configOf({});
  const dictionaries = loadDictionaries(config.paths.dictionaries);
  const stream = await RunningStream.start({
    settings: { config, dictionaries, scenarios: [] },
    paths: worldPaths(world!),
    makeWorld: simulatedWorld,
    sink: sink === 'embedded hub' ? 'event-hubs' : 'blackhole',
    catchUp: 'none',
    speed: Infinity,
  });
  const acknowledged = async (count: number) => {
    while (stream.ledger.total().acknowledged < count) {
      await Promise.race([stream.ended, new Promise((resolve) => setTimeout(resolve, 20))]);
    }
    return {
      wallMs: performance.now(),
      cpuUs: cpuUs(),
      events: stream.ledger.total().acknowledged,
    };
  };
  const warm = await acknowledged(warmUpEvents);
  const end = await acknowledged(warmUpEvents + events);
  const { lastBatches } = stream.status();
  await stream.stop();
  return {
    events: end.events - warm.events,
    seconds: (end.wallMs - warm.wallMs) / 1e3,
    cpuSeconds: (end.cpuUs - warm.cpuUs) / 1e6,
    batchEvents: lastBatches.reduce((sum, size) => sum + size, 0) / lastBatches.length,
  };
}
