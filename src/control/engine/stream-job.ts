/** Streams a world, under the control of who calls. */
import type { EventType } from '../../domain/facts.ts';
import { formatInstant } from '../../engine/time.ts';
import { prepareHistory } from '../../run/catch-up.ts';
import { generateHistory } from '../../run/generation.ts';
import { LiveStream } from '../../run/live-stream.ts';
import { simulatedWorld } from '../../run/simulated-world.ts';
import { streamedTo } from '../../run/stream-standing.ts';
import type { StreamStatus } from '../../run/stream-status.ts';
import { short } from '../page/lib/format.ts';
import { HistoryWatch } from './history-watch.ts';
import { worldOfJob, type JobWorld } from './job-world.ts';
import type { JobPort, Outcome, StreamJob } from './messages.ts';
import { WatchedWorld } from './watched-world.ts';

/** How often a world that is watched is looked at. */
const LOOK_EVERY_MS = 500;

export async function streamWorld(job: StreamJob, port: JobPort): Promise<Outcome> {
  const jobWorld = worldOfJob(job);
  if (!(await catchUp(job, jobWorld, port))) {
    return { cancelled: true, message: 'Stopped while catching up; nothing was streamed.' };
  }
  const watched = new WatchedWorld();
  const { settings, paths } = jobWorld;
  let lookedMs = Number.NEGATIVE_INFINITY;
  const tell = (status: StreamStatus) => {
    port.post({ type: 'stream', status });
    if (!port.watched() || performance.now() - lookedMs < LOOK_EVERY_MS) return;
    lookedMs = performance.now();
    port.post({ type: 'live', state: { regions: watched.look() } });
  };
  const stream = await LiveStream.start({
    settings,
    paths,
    makeWorld: watched.making(simulatedWorld),
    sink: job.sink,
    speed: job.speed,
    catchUp: job.catchUp,
    alsoCsv: job.alsoCsv,
    rebuildJournal: job.rebuildJournal,
    types: job.types && new Set(job.types as readonly EventType[]),
    toMs: job.toMs,
    durationMs: job.durationMs,
    onNote: (text) => port.post({ type: 'note', text }),
    onStatus: tell,
  });
  port.post({ type: 'update', update: { message: `Streaming to ${stream.target}` } });
  port.answer({
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    setSpeed: (speed: number) => stream.setSpeed(speed),
    recentEvents: (most: number, type?: string) => stream.recentEvents(most, type),
  });
  port.onCancel(() => void stream.stop());
  const { simulatedMs, settled } = await stream.ended;
  const { acknowledged, deadLettered, inFlight } = stream.ledger.total();
  const reached = formatInstant(simulatedMs);
  return {
    cancelled: false,
    message: settled
      ? `Streamed up to ${reached}: ${short(acknowledged)} events acknowledged, ${deadLettered} dead letters; everything is delivered.`
      : `Stopped at ${reached} with ${inFlight} events not delivered yet: the next stream sends them, with the same ids.`,
    update: { simulated_time: reached },
  };
}

function catchUp(job: StreamJob, { settings, paths }: JobWorld, port: JobPort): Promise<boolean> {
  const reachedMs =
    job.rebuildJournal === true
      ? undefined
      : streamedTo({ settings, paths, makeWorld: simulatedWorld });
  return prepareHistory({
    paths,
    catchUp: job.catchUp,
    filesToMs: job.alsoCsv === true ? reachedMs : undefined,
    nowMs: Date.now,
    onNote: (text) => port.post({ type: 'note', text }),
    generate: (window) =>
      generateHistory({
        settings,
        paths,
        makeWorld: simulatedWorld,
        window,
        nowMs: Date.now,
        interrupted: port.cancelled,
        onlooker: new HistoryWatch(port),
        onProgress: ({ simulatedMs, rows, bytes }) =>
          port.post({
            type: 'update',
            update: {
              message: `Catching up, now at ${formatInstant(simulatedMs)}`,
              rows,
              bytes,
              simulated_time: formatInstant(Math.round(simulatedMs)),
            },
          }),
      }),
  });
}
