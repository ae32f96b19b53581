/** Generates a window of history. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DAY_MS, formatInstant, HOUR_MS } from '../../engine/time.ts';
import { generateHistory } from '../../run/generation.ts';
import type { Progress } from '../../run/history.ts';
import { masterFiles } from '../../store/masters.ts';
import { readManifest } from '../../store/manifest.ts';
import { simulatedWorld } from '../../run/simulated-world.ts';
import type { Window } from '../../run/window.ts';
import type { MakeWorld } from '../../run/make-world.ts';
import { FACT_TABLES, MASTER_TABLES } from '../data/catalogue.ts';
import { bytes as sizeOf, short, span } from '../../domain/format.ts';
import type { TaskUpdate } from '../tasks.ts';
import { HistoryWatch } from './history-watch.ts';
import { worldOfJob } from './job-world.ts';
import type { HistoryJob, JobPort, Outcome } from './messages.ts';
import { TableStates } from './table-states.ts';

const ALL_TABLES = [...MASTER_TABLES, ...FACT_TABLES];

export async function makeHistory(job: HistoryJob, port: JobPort): Promise<Outcome> {
  const { settings, paths } = worldOfJob(job);
  const there = readManifest(paths.manifest);
  const states = new TableStates(job.tables ?? ALL_TABLES);
  const show = (message: string, update: TaskUpdate = {}, share?: number) =>
    port.post({
      type: 'update',
      update: { ...states.update(share), ...update, message: `${states.words(share)}; ${message}` },
    });
  // A continued world already has its masters; those of a new one are written.
  if (there !== undefined && there.committedMs > there.startMs) {
    const files = masterFiles(paths, there).filter((file) => existsSync(file));
    const isThere = (name: string) => files.some((file) => path.parse(file).name === name);
    states.end(MASTER_TABLES.filter(isThere));
  }
  show('building the world');
  let making: Window | undefined;
  const { window, committedMs, rows, bytes, seconds, interrupted } = await generateHistory({
    settings,
    paths,
    makeWorld: tellingMasters(states, show),
    window: job.window,
    ...(job.workers !== undefined && { workers: job.workers }),
    formats: job.formats,
    nowMs: Date.now,
    interrupted: port.cancelled,
    onlooker: new HistoryWatch(port),
    onNote: (text) => port.post({ type: 'note', text }),
    onBegin: (window) => {
      making = window;
      port.post({ type: 'world' });
      states.end(MASTER_TABLES);
      states.begin(FACT_TABLES);
      show('starting the simulation');
    },
    onProgress: (progress) => {
      if (making === undefined) return;
      const { words, ...update } = progressOf(progress, making);
      show(words, update, progress.done);
    },
  });
  const reached = formatInstant(committedMs);
  if (!interrupted) states.end(ALL_TABLES);
  if (window.toMs <= window.fromMs) {
    const message = `Nothing to do: the history already reaches ${reached}.`;
    return { cancelled: false, message, update: states.update() };
  }
  const made = `${short(rows)} rows, ${sizeOf(bytes)} in ${span(seconds * 1000)}`;
  const update = { rows, bytes, simulated_time: reached };
  if (interrupted) {
    return { cancelled: true, message: `Cancelled at ${reached}, consistent: ${made}.`, update };
  }
  return {
    cancelled: false,
    message: `${states.words()}, up to ${reached}: ${made}.`,
    update: { ...update, ...states.update() },
  };
}

/** Returns worlds that report each master table before it is written. */
function tellingMasters(states: TableStates, show: (message: string) => void): MakeWorld {
  return (...of) => {
    const world = simulatedWorld(...of);
    let last: string | undefined;
    const tell = (table: string) => {
      if (last !== undefined) states.end([last]);
      last = table;
      states.begin([table]);
      show(`writing ${table}`);
    };
    return { ...world, writeMasters: () => world.writeMasters(tell) };
  };
}

/** Returns the progress of a run: `day 3 of 7, now at 2024-01-03 14:00`, and as numbers. */
function progressOf({ simulatedMs, done, rows, bytes }: Progress, { fromMs, toMs }: Window) {
  // The end of the window counts as the last hour of the last day.
  const reachedMs = Math.round(simulatedMs);
  const nowMs = Math.max(fromMs, Math.min(reachedMs, toMs - 1));
  const day = Math.floor((nowMs - fromMs) / DAY_MS) + 1;
  const days = Math.ceil((toMs - fromMs) / DAY_MS);
  const now = formatInstant(reachedMs);
  return {
    words: `day ${day} of ${days}, now at ${now.slice(0, 16).replace('T', ' ')}`,
    progress: done,
    rows,
    bytes,
    simulated_time: now,
    current_day: day,
    current_hour: new Date(nowMs).getUTCHours(),
    total_hours_completed: Math.max(0, Math.floor((reachedMs - fromMs) / HOUR_MS)),
  };
}
