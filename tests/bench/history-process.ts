/**
 * One process that generates a history, for the benches: reads its `HistoryCase` as JSON from its first
 * argument and prints its `HistoryFigures` as JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { argv, resourceUsage } from 'node:process';
import { DAY_MS } from '../../src/engine/time.ts';
import { readCheckpoint } from '../../src/store/checkpoint-file.ts';
import { runHistory } from '../../src/run/history.ts';
import { readManifest } from '../../src/store/manifest.ts';
import { openWorld } from '../../src/run/open-world.ts';
import { type WorldPaths, worldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { withStorage } from '../../src/store/world-settings.ts';
import { configOf, startOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { cpuUs } from './harness.ts';
import type { HistoryCase, HistoryFigures } from './history-case.ts';
import { giveResult } from './process.ts';

const { volume, days, warmUpRows, workers, formats } = JSON.parse(argv[2]) as HistoryCase;
const folder = mkdtempSync(path.join(tmpdir(), 'bench-history-'));
try {
  giveResult(await figures(worldPaths(folder)));
} finally {
  rmSync(folder, { recursive: true });
}

async function figures(paths: WorldPaths): Promise<HistoryFigures> {
  const config = configOf({ volume });
  const dictionaries = loadDictionaries(config.paths.dictionaries);
  const startMs = startOf(config);
  const settings = withStorage({ config, dictionaries, scenarios: [] }, { formats }, undefined);
  const world = simulatedWorld(settings, startMs, paths);
  const manifest = openWorld(paths, world);
  const began = { wallMs: performance.now(), cpuUs: cpuUs(), rows: 0, bytes: 0 };
  let warm = began;
  const result = await runHistory({
    paths,
    world,
    manifest,
    toMs: startMs + days * DAY_MS,
    workers,
    onProgress: ({ rows, bytes }) => {
      if (warm === began && rows >= warmUpRows) {
        warm = { wallMs: performance.now(), cpuUs: cpuUs(), rows, bytes };
      }
    },
  });
  if (result.rows === warm.rows) {
    throw new Error(`Cannot measure: all of ${result.rows} rows are warm-up, expected more days`);
  }
  return {
    rows: result.rows,
    bytes: result.bytes,
    sessions: sessionsIn(paths),
    countedRows: result.rows - warm.rows,
    countedBytes: result.bytes - warm.bytes,
    countedSeconds: (performance.now() - warm.wallMs) / 1e3,
    countedCpuSeconds: (cpuUs() - warm.cpuUs) / 1e6,
    processSeconds: performance.now() / 1e3,
    peakRssBytes: resourceUsage().maxRSS * 1024,
  };
}

/** Customer sessions so far, as the stores' counters in the checkpoints tell. */
function sessionsIn({ manifest, checkpoint }: WorldPaths): number {
  let sessions = 0;
  for (const { file } of readManifest(manifest)?.regions ?? []) {
    const { sections } = readCheckpoint(path.join(checkpoint, file));
    for (const [name, section] of Object.entries(sections)) {
      if (name.startsWith('floor/')) sessions += (section as { sessions: number }).sessions;
    }
  }
  return sessions;
}
