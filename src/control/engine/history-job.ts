/** Makes a stretch of history. */
import { FACT_NAMES } from '../../domain/facts.ts';
import { formatInstant } from '../../engine/time.ts';
import { formatBytes, formatCount, formatDuration } from '../../run/figures.ts';
import { generateHistory } from '../../run/generation.ts';
import { simulatedWorld } from '../../run/simulated-world.ts';
import { HistoryWatch } from './history-watch.ts';
import { worldOfJob } from './job-world.ts';
import type { HistoryJob, JobPort, Outcome } from './messages.ts';

const TABLES = [...FACT_NAMES];

export async function makeHistory(job: HistoryJob, port: JobPort): Promise<Outcome> {
  const { settings, paths } = worldOfJob(job);
  port.post({
    type: 'update',
    update: { message: 'Building the world', tables_remaining: TABLES },
  });
  const { window, committedMs, rows, bytes, seconds, interrupted } = await generateHistory({
    settings,
    paths,
    makeWorld: simulatedWorld,
    window: job.window,
    nowMs: Date.now,
    interrupted: port.cancelled,
    onlooker: new HistoryWatch(port),
    onNote: (text) => port.post({ type: 'note', text }),
    onBegin: () => {
      port.post({ type: 'world' });
      port.post({
        type: 'update',
        update: {
          message: 'Starting the simulation',
          tables_in_progress: TABLES,
          tables_remaining: [],
        },
      });
    },
    onProgress: ({ simulatedMs, done, rows, bytes }) =>
      port.post({
        type: 'update',
        update: {
          progress: done,
          message: `0/${TABLES.length} tables complete: all grow together, now at ${formatInstant(simulatedMs).slice(0, 16).replace('T', ' ')}`,
          rows,
          bytes,
          simulated_time: formatInstant(Math.round(simulatedMs)),
        },
      }),
  });
  const reached = formatInstant(committedMs);
  if (window.toMs <= window.fromMs) {
    return { cancelled: false, message: `Nothing to do: the history reaches ${reached} already.` };
  }
  const made = `${formatCount(rows)} rows, ${formatBytes(bytes)} in ${formatDuration(seconds)}`;
  const update = { rows, bytes, simulated_time: reached };
  if (interrupted) {
    return { cancelled: true, message: `Cancelled at ${reached}, consistent: ${made}.`, update };
  }
  return {
    cancelled: false,
    message: `${TABLES.length}/${TABLES.length} tables complete, up to ${reached}: ${made}.`,
    update: { ...update, tables_completed: TABLES, tables_in_progress: [], tables_remaining: [] },
  };
}
