/** Writes the dimension tables of a world. */
import { existsSync } from 'node:fs';
import { takeLock, watchLock } from '../../store/lock.ts';
import { masterFiles } from '../../store/masters.ts';
import { readManifest } from '../../store/manifest.ts';
import { openWorld } from '../../run/open-world.ts';
import { requireUndivided } from '../../store/shard.ts';
import { simulatedWorld } from '../../run/simulated-world.ts';
import { withStorage } from '../../store/world-settings.ts';
import { encoderOf } from '../../sinks/csv/codecs.ts';
import { startOf } from '../../world/config.ts';
import { worldOfJob } from './job-world.ts';
import type { JobPort, MasterJob, Outcome } from './messages.ts';
import { TableStates } from './table-states.ts';

export async function makeMasters(job: MasterJob, port: JobPort): Promise<Outcome> {
  const { settings: given, paths } = worldOfJob(job);
  requireUndivided(paths, undefined);
  await watchLock(paths.lock, { onNote: (text) => port.post({ type: 'note', text }) });
  const release = takeLock(paths.lock);
  try {
    const there = readManifest(paths.manifest);
    const settings = withStorage(given, { formats: job.formats }, there);
    if (settings.compress !== undefined) await encoderOf(settings.compress);
    const startMs = job.fromMs ?? there?.startMs ?? startOf(settings.config);
    const progress = new MasterProgress(job.tables, port);
    progress.show('Building the world');
    const world = simulatedWorld(settings, startMs, paths);
    const writing = {
      ...world,
      writeMasters: () => world.writeMasters((table) => progress.table(table)),
    };
    const before = masterFiles(paths, world.identity);
    const missing = before.some((file) => !existsSync(file));
    const manifest = openWorld(paths, writing);
    // A world with a history keeps its masters; the same ones are written again on request.
    if (manifest.committedMs > manifest.startMs && (job.force || missing)) writing.writeMasters();
    for (const text of world.warnings()) port.post({ type: 'note', text });
    return { cancelled: false, ...progress.end() };
  } finally {
    release();
  }
}

/** Reports which tables are being written. */
class MasterProgress {
  private readonly states: TableStates;
  private readonly tables: readonly string[];
  private readonly port: JobPort;
  private current: string | undefined;

  constructor(tables: readonly string[], port: JobPort) {
    this.states = new TableStates(tables);
    this.tables = tables;
    this.port = port;
  }

  /** Called before a table is written. */
  table(name: string): void {
    if (this.current !== undefined) this.states.end([this.current]);
    this.current = name;
    this.states.begin([name]);
    this.show(`Writing ${name}`);
  }

  show(message: string): void {
    const { states, tables } = this;
    const update = states.update();
    const progress = (update.tables_completed ?? []).length / Math.max(1, tables.length);
    const text = `${states.words()}. ${message}`;
    this.port.post({ type: 'update', update: { ...update, progress, message: text } });
  }

  /** Called when all tables are written. */
  end(): Pick<Outcome, 'message' | 'update'> {
    this.states.end(this.tables);
    return { message: `${this.states.words()}.`, update: this.states.update() };
  }
}
