/** The world of the settings, as `sim` runs it. */
import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { zonesOf } from './expected-crowd.ts';
import { RegionSimulation } from './region-simulation.ts';
import type { HistoryWorld } from './region-run.ts';
import { heldFiles } from '../store/held-files.ts';
import { claimOf } from '../store/lock.ts';
import type { WorldPaths } from '../store/paths.ts';
import { CompressorPool } from '../sinks/csv/compressor-pool.ts';
import { openFactFiles } from '../sinks/formats.ts';
import { DEFAULT_FORMATS, fileFormats } from '../domain/formats.ts';
import { calendarTables, writeMasters } from '../tables/masters.ts';
import { buildWorld } from '../world/build.ts';
import { requireKnownYear } from '../world/limits.ts';
import { compileEffects } from '../scenario/effects.ts';
import type { World } from '../world/world.ts';
import { messageOf } from '../world/world-data.ts';
import { CommandBook } from '../entities/command-book.ts';
import { readDisruptionJournal } from './disruptions/journal.ts';
import { writeSchema } from '../store/schema-files.ts';
import { ThreadPool } from './threads/thread-pool.ts';
import { identityOf, type WorldSettings } from '../store/world-settings.ts';

/** Maximum number of compressor threads: one simulating thread can't keep more busy. */
const MOST_COMPRESSORS = 2;

/**
 * Returns the world. Its parts are built on first use, so a run that is refused or has nothing to do takes no time.
 * @param ready the world, if another thread has already built it
 */
export function simulatedWorld(
  settings: WorldSettings,
  startMs: number,
  paths: WorldPaths,
  ready?: World,
): HistoryWorld {
  const { config, dictionaries, scenarios, compress, formats = DEFAULT_FORMATS } = settings;
  const files = fileFormats(formats);
  requireKnownYear(startMs);
  const built = once(() => {
    const world = ready ?? buildWorld(config, dictionaries, startMs);
    return { world, effects: compileEffects(scenarios, world) };
  });
  const commands = once(() => {
    const { entries } = readDisruptionJournal(paths.disruptionJournal);
    return new CommandBook(entries.map(({ command }) => command));
  });
  const threads = new ThreadPool();
  const compressor =
    compress && files.includes('csv')
      ? new CompressorPool(compress, compressorThreads())
      : undefined;
  return {
    identity: identityOf(settings, startMs),
    regionIds: Array.from({ length: config.volume.dcs }, (_, index) => index + 1),
    weightOf(regionId) {
      const { stores } = built().world.regions[regionId - 1];
      return stores.reduce((sum, { visitsPerDay }) => sum + visitsPerDay, 0);
    },
    zones: () => zonesOf(built().world),
    warnings: () => [...config.notes, ...dictionaries.notes, ...built().world.warnings],
    openRegion(regionId, facts, saved) {
      const { world, effects } = built();
      const plan = world.regions[regionId - 1];
      return new RegionSimulation({ world, plan, effects, facts, commands: commands() }, saved);
    },
    commands,
    warmThreads: (count) => threads.warm(count),
    startThread: () => {
      const world = messageOf(built().world);
      return threads.take({ settings, startMs, paths, world, claim: claimOf(paths.lock) });
    },
    closeThreads: () => threads.close(),
    openSink: (region) =>
      openFactFiles(files, {
        factsDir: paths.facts,
        region,
        compressor,
        fs: heldFiles(paths.lock),
      }),
    closeSinks: async () => compressor?.close(),
    writeMasters: (onTable) =>
      writeMasters(paths.master, built().world, dictionaries, onTable, files),
    writeSchema: () => writeSchema(paths, formats),
    calendarTables(committedMs) {
      const { world, effects } = built();
      return calendarTables(paths.master, world, effects, committedMs, files);
    },
  };
}

/**
 * Returns the number of compressor threads. Each of several simulating threads has one; a single simulating thread
 * may use the other cores.
 */
function compressorThreads(): number {
  if (!isMainThread) return 1;
  return Math.max(1, Math.min(MOST_COMPRESSORS, availableParallelism() - 1));
}

function once<Value>(make: () => Value): () => Value {
  let value: { readonly made: Value } | undefined;
  return () => {
    value ??= { made: make() };
    return value.made;
  };
}
