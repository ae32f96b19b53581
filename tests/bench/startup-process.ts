/**
 * One process that generates the default world until there is a row, for the bench of startup: prints its
 * `StartupTimes` as JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from '../../src/cli/settings.ts';
import { FACT_NAMES, type FactSink } from '../../src/domain/facts.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import { runHistory } from '../../src/run/history.ts';
import { openWorld } from '../../src/run/open-world.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { startOf } from '../../src/world/config.ts';
import { giveResult } from './process.ts';

/** Instants of the machine's clock, epoch ms. */
export interface StartupTimes {
  readonly modulesAtMs: number;
  readonly mastersFromMs: number;
  readonly mastersAtMs: number;
  readonly firstRowAtMs: number;
}

const wallMs = () => performance.timeOrigin + performance.now();
const modulesAtMs = wallMs();
const folder = mkdtempSync(path.join(tmpdir(), 'bench-startup-'));
try {
  const paths = worldPaths(folder);
  const settings = readSettings({});
  const startMs = startOf(settings.config);
  const world = simulatedWorld(settings, startMs, paths);
  const mastersFromMs = wallMs();
  const manifest = openWorld(paths, world);
  const mastersAtMs = wallMs();
  let firstRowAtMs = 0;
  await runHistory({
    paths,
    manifest,
    toMs: startMs + DAY_MS,
    interrupted: () => firstRowAtMs > 0,
    world: {
      ...world,
      openRegion: (id, facts, saved) =>
        world.openRegion(
          id,
          watched(facts, () => {
            firstRowAtMs ||= wallMs();
          }),
          saved,
        ),
    },
  });
  giveResult({ modulesAtMs, mastersFromMs, mastersAtMs, firstRowAtMs } satisfies StartupTimes);
} finally {
  rmSync(folder, { recursive: true });
}

/** The same sink, which tells of every row after it has taken it. */
function watched(facts: FactSink, onRow: () => void): FactSink {
  const puts = FACT_NAMES.map((name) => {
    const put = facts[name] as (record: never) => void;
    return [
      name,
      (record: never) => {
        put(record);
        onRow();
      },
    ];
  });
  return Object.fromEntries(puts) as FactSink;
}
