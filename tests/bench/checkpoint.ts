/** A checkpoint of one region of the default world: saved and written, read and restored. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from '../../src/cli/settings.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { readCheckpoint, writeCheckpoint } from '../../src/store/checkpoint-file.ts';
import { WORLD_VERSION } from '../../src/store/manifest.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { BlackholeSink } from '../../src/sinks/blackhole/blackhole.ts';
import { buildWorld } from '../../src/world/build.ts';
import { startOf } from '../../src/world/config.ts';
import { type Extent, interleaved, median } from './harness.ts';
import { benchFile } from './process.ts';
import { digits, megabytes, type Table } from './table.ts';

async function checkpointBench(extent: Extent): Promise<Table[]> {
  const rounds = extent === 'full' ? 15 : 5;
  const days = extent === 'full' ? 7 : 1;
  const { config, dictionaries } = readSettings({});
  const startMs = startOf(config);
  const world = buildWorld(config, dictionaries, startMs);
  const options = {
    world,
    plan: world.regions[0],
    effects: NO_EFFECTS,
    facts: new BlackholeSink().facts,
  };
  const simulation = new RegionSimulation(options);
  // Late afternoon there: the stores are full of people, all of whom are in the checkpoint.
  const atMs = startMs + days * DAY_MS + 22 * HOUR_MS;
  simulation.advance(atMs);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-checkpoint-'));
  const file = path.join(folder, 'region.ckpt');
  try {
    const took = await interleaved(
      {
        save: () => wallMsOf(() => simulation.save()),
        write: () => {
          const sections = simulation.save();
          return wallMsOf(() => writeCheckpoint(file, { version: WORLD_VERSION }, sections));
        },
        read: () => wallMsOf(() => readCheckpoint(file)),
        restore: () => {
          const { sections } = readCheckpoint(file);
          return wallMsOf(() => RegionSimulation.restore(options, sections));
        },
      },
      { rounds, warmUps: 2 },
    );
    const row = (what: string, ...parts: (keyof typeof took)[]) => [
      what,
      ...parts.map((part) => `${digits(median(took[part]))} ms`),
      `${digits(parts.reduce((sum, part) => sum + median(took[part]), 0))} ms`,
    ];
    return [
      {
        title: 'Checkpoint',
        about:
          `One of the ${config.volume.dcs} regions of the default world after ${days} days, with its stores ` +
          `open: ${megabytes(statSync(file).size)}. Wall time, including the wait for the disk. Medians of ` +
          `${rounds} interleaved rounds.`,
        columns: ['', 'state and sections', 'file', 'in all'],
        rows: [row('write', 'save', 'write'), row('restore', 'restore', 'read')],
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function wallMsOf(work: () => void): number {
  const beganMs = performance.now();
  work();
  return performance.now() - beganMs;
}

await benchFile(import.meta.url, checkpointBench);
