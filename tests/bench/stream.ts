/**
 * Events per second into an embedded hub in the same process, over a real socket and with the real SDK,
 * and into the blackhole: of the whole realtime run at unlimited speed, and of the publisher alone.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DAY_MS } from '../../src/engine/time.ts';
import { generateHistory } from '../../src/run/generation.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { configOf, startOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { type Extent, interleaved, median } from './harness.ts';
import { benchFile } from './process.ts';
import { measureStream, type StreamCase, type StreamFigures } from './stream-case.ts';
import { digits, type Table } from './table.ts';

const HOUR_MS = DAY_MS / 24;
/** Of the second week: 9 in the morning in New York. */
const HISTORY_FROM_MS = 8 * DAY_MS + 14 * HOUR_MS;
const HISTORY_MS = 2 * HOUR_MS;

async function streamBench(extent: Extent): Promise<Table[]> {
  const [rounds, warmUpEvents, events] =
    extent === 'full' ? [3, 150_000, 400_000] : [1, 50_000, 100_000];
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-stream-world-'));
  try {
    const begun = path.join(folder, 'begun');
    await makeHistory(begun);
    let copies = 0;
    const whole = (sink: StreamCase['sink']) => () => {
      const world = path.join(folder, `world-${++copies}`);
      cpSync(begun, world, { recursive: true });
      return measureStream({ sink, warmUpEvents, events, world });
    };
    const alone = (sink: StreamCase['sink']) => () => measureStream({ sink, warmUpEvents, events });
    const runs = await interleaved(
      {
        'realtime run, embedded hub': whole('embedded hub'),
        'realtime run, blackhole': whole('blackhole'),
        'publisher alone, embedded hub': alone('embedded hub'),
        'publisher alone, blackhole': alone('blackhole'),
      },
      { rounds },
    );
    return [
      {
        title: 'Stream',
        about:
          `At unlimited speed in one process: the whole realtime run of the default world, events of about 480 bytes ` +
          `(simulation, envelopes, publisher, journal, SDK, hub), and the publisher alone with synthetic ` +
          `events of 560 bytes. ${count(events)} events after ${count(warmUpEvents)} of warm-up; medians of ${rounds} interleaved ` +
          'runs. Events a processor second are the rate of an idle core.',
        columns: ['', 'events a second', 'events a processor second', 'events a batch'],
        rows: Object.entries(runs).map(([name, figures]) => [
          name,
          count(of(figures, (run) => run.events / run.seconds)),
          count(of(figures, (run) => run.events / run.cpuSeconds)),
          digits(of(figures, (run) => run.batchEvents)),
        ]),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function makeHistory(out: string): Promise<void> {
  const config = configOf({});
  const fromMs = startOf(config) + HISTORY_FROM_MS;
  const dictionaries = loadDictionaries(config.paths.dictionaries);
  await generateHistory({
    settings: { config, dictionaries, scenarios: [] },
    paths: worldPaths(out),
    makeWorld: simulatedWorld,
    window: { fromMs, toMs: fromMs + HISTORY_MS },
    nowMs: () => fromMs,
  });
}

function of(runs: readonly StreamFigures[], figure: (run: StreamFigures) => number): number {
  return median(runs.map(figure));
}

function count(value: number): string {
  return `${digits(value / 1e3)} k`;
}

await benchFile(import.meta.url, streamBench);
