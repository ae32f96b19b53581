/** Writes the dimension tables of a world. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { encoderOf } from '../../sinks/codecs.ts';
import { takeLock } from '../../run/lock.ts';
import { readManifest } from '../../run/manifest.ts';
import { openWorld } from '../../run/open-world.ts';
import { requireUndivided } from '../../run/shard.ts';
import { simulatedWorld } from '../../run/simulated-world.ts';
import { withCompression } from '../../run/world-settings.ts';
import { startOf } from '../../world/config.ts';
import { worldOfJob } from './job-world.ts';
import type { JobPort, MasterJob, Outcome } from './messages.ts';

export async function makeMasters(job: MasterJob, port: JobPort): Promise<Outcome> {
  const { settings: given, paths } = worldOfJob(job);
  requireUndivided(paths, undefined);
  const release = takeLock(paths.lock);
  try {
    const there = readManifest(paths.manifest);
    const settings = withCompression(given, undefined, there);
    if (settings.compress !== undefined) await encoderOf(settings.compress);
    const startMs = job.fromMs ?? there?.startMs ?? startOf(settings.config);
    const progress = new MasterProgress(job.tables, port);
    progress.show('Building the world');
    const world = simulatedWorld(settings, startMs, paths);
    const writing = {
      ...world,
      writeMasters: () => world.writeMasters((table) => progress.table(table)),
    };
    const missing = job.tables.some((name) => !existsSync(path.join(paths.master, `${name}.csv`)));
    const manifest = openWorld(paths, writing);
    // A world that has a history keeps its masters; the same are written again if somebody asks.
    if (manifest.committedMs > manifest.startMs && (job.force || missing)) writing.writeMasters();
    for (const text of world.warnings()) port.post({ type: 'note', text });
    const count = job.tables.length;
    return {
      cancelled: false,
      message: `${count}/${count} tables complete.`,
      update: {
        tables_completed: [...job.tables],
        tables_in_progress: [],
        tables_remaining: [],
      },
    };
  } finally {
    release();
  }
}

/** Tells which tables are written, as they are. */
class MasterProgress {
  private readonly tables: readonly string[];
  private readonly port: JobPort;
  private readonly done: string[] = [];
  private current: string | undefined;

  constructor(tables: readonly string[], port: JobPort) {
    this.tables = tables;
    this.port = port;
  }

  /** A table is about to be written. */
  table(name: string): void {
    if (this.current !== undefined && this.tables.includes(this.current))
      this.done.push(this.current);
    this.current = name;
    this.show(`Writing ${name}`);
  }

  show(message: string): void {
    const { done, current, tables } = this;
    const inProgress = current !== undefined && tables.includes(current) ? [current] : [];
    this.port.post({
      type: 'update',
      update: {
        progress: done.length / Math.max(1, tables.length),
        message: `${done.length}/${tables.length} tables complete. ${message}`,
        tables_completed: [...done],
        tables_in_progress: inProgress,
        tables_remaining: tables.filter((one) => !done.includes(one) && one !== current),
      },
    });
  }
}
