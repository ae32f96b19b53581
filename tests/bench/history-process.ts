/**
 * One process that generates a history, for the bench: prints its figures as JSON.
 *
 * Arguments: days of warm-up (written, not counted), days that count, and as JSON the volumes that
 * differ from those of the default world.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { argv, resourceUsage, stdout } from 'node:process';
import { readSettings } from '../../src/cli/settings.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import { runHistory } from '../../src/run/history.ts';
import { openWorld } from '../../src/run/open-world.ts';
import { worldPaths } from '../../src/run/paths.ts';
import { configOf, startOf } from '../../src/world/config.ts';

const warmUpDays = Number(argv[2]);
const countedDays = Number(argv[3]);
const volume = JSON.parse(argv[4] ?? '{}') as object;
const folder = mkdtempSync(path.join(tmpdir(), 'bench-history-'));
try {
  const beganMs = performance.now();
  const settings = { ...readSettings({}), config: configOf({ volume }) };
  const startMs = startOf(settings.config);
  const paths = worldPaths(folder);
  const world = simulatedWorld(settings, startMs, paths);
  const manifest = openWorld(paths, world);
  const mastersMs = performance.now() - beganMs;
  const warmMs = startMs + warmUpDays * DAY_MS;
  let counted = { atMs: performance.now(), rows: 0, bytes: 0 };
  const result = await runHistory({
    paths,
    world,
    manifest,
    toMs: warmMs + countedDays * DAY_MS,
    onProgress: ({ simulatedMs, rows, bytes }) => {
      if (simulatedMs <= warmMs) counted = { atMs: performance.now(), rows, bytes };
    },
  });
  const seconds = (performance.now() - counted.atMs) / 1000;
  const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage();
  const figures = {
    mastersMs,
    wholeSeconds: (performance.now() - beganMs) / 1000,
    rows: result.rows,
    rowsPerSecond: (result.rows - counted.rows) / seconds,
    bytesPerSecond: (result.bytes - counted.bytes) / seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakRssBytes: maxRSS * 1024,
  };
  stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
