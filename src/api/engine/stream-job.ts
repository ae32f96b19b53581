/** Streams a world, controlled by calls. */
import { OutputError } from '../../domain/errors.ts';
import type { EventType } from '../../domain/event-rules.ts';
import { formatInstant } from '../../engine/time.ts';
import { prepareHistory } from '../../stream/catch-up.ts';
import { generateHistory } from '../../run/generation.ts';
import { RunningStream } from '../../stream/running-stream.ts';
import { TargetGivenUp, type TargetWait } from '../../stream/reach-target.ts';
import { simulatedWorld } from '../../run/simulated-world.ts';
import { rebuildStream } from '../../stream/stream-rebuild.ts';
import { streamedTo } from '../../stream/stream-standing.ts';
import type { StreamStatus } from '../../stream/stream-status.ts';
import { requireTarget } from '../../stream/stream-target.ts';
import { short } from '../../domain/format.ts';
import { HistoryWatch } from './history-watch.ts';
import { worldOfJob, type JobWorld } from './job-world.ts';
import type { JobPort, Outcome, StreamJob } from './messages.ts';
import { tillsByCheckpoint } from './sold-today.ts';
import { WatchedWorld } from './watched-world.ts';

/** Time between two live views of the world. */
const LOOK_EVERY_MS = 500;

export async function performStream(job: StreamJob, port: JobPort): Promise<Outcome> {
  const jobWorld = worldOfJob(job);
  try {
    return await streamOn(job, jobWorld, port);
  } catch (error) {
    if (!(error instanceof TargetGivenUp)) throw error;
    if (error.why === 'time')
      throw new OutputError(`Nothing was streamed in the given time: ${error.message}`);
    return {
      cancelled: true,
      message: 'Stopped before the event hub was available; nothing was streamed.',
    };
  }
}

async function streamOn(job: StreamJob, jobWorld: JobWorld, port: JobPort): Promise<Outcome> {
  const wait = waitOf(job, port);
  let waitedMs = 0;
  const onReached = (forMs: number) => {
    waitedMs = forMs;
    wait.onReached?.(forMs);
  };
  await requireTarget(job.sink, jobWorld.config, { ...wait, mostMs: job.durationMs, onReached });
  if (!(await catchUp(job, jobWorld, port))) {
    return { cancelled: true, message: 'Stopped while catching up; nothing was streamed.' };
  }
  const { settings, paths } = jobWorld;
  const watched = new WatchedWorld(await tillsByCheckpoint(paths, job.tills));
  let lookedMs = Number.NEGATIVE_INFINITY;
  const tell = (status: StreamStatus) => {
    port.post({ type: 'stream', status });
    if (!port.watched() || performance.now() - lookedMs < LOOK_EVERY_MS) return;
    lookedMs = performance.now();
    port.post({ type: 'live', state: { regions: watched.look() } });
  };
  const stream = await RunningStream.start({
    settings,
    paths,
    makeWorld: watched.making(simulatedWorld),
    sink: job.sink,
    speed: job.speed,
    perSecond: job.perSecond,
    catchUp: job.catchUp,
    alsoCsv: job.alsoCsv,
    rebuildJournal: job.rebuildJournal,
    types: job.types && new Set(job.types as readonly EventType[]),
    toMs: job.toMs,
    durationMs: job.durationMs && Math.max(0, job.durationMs - waitedMs),
    wait,
    onNote: (text) => port.post({ type: 'note', text }),
    onStatus: tell,
  });
  port.post({ type: 'update', update: { message: `Streaming to ${stream.target}` } });
  port.answer({
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    setSpeed: (speed: number) => stream.setSpeed(speed),
    look: () => watched.look(),
    setRate: (perSecond: number) => stream.setRate(perSecond),
    recentEvents: (most: number, type?: string) => stream.recentEvents(most, type),
  });
  port.onCancel(() => void stream.stop());
  const { simulatedMs, settled } = await stream.ended;
  if (watched.sold !== undefined) {
    port.post({ type: 'tills', tills: { atMs: simulatedMs, data: watched.sold.data } });
  }
  const { acknowledged, deadLettered, inFlight } = stream.ledger.total();
  const reached = formatInstant(simulatedMs);
  return {
    cancelled: false,
    message: settled
      ? `Streamed up to ${reached}: ${short(acknowledged)} events acknowledged, ${deadLettered} dead letters; all events are delivered.`
      : `Stopped at ${reached} with events pending (${inFlight} in flight): the next stream sends them, with the same ids.`,
    update: { simulated_time: reached },
  };
}

function waitOf({ failFast }: StreamJob, port: JobPort): TargetWait {
  const end = new AbortController();
  port.onCancel(() => end.abort());
  return {
    failFast,
    signal: end.signal,
    onWaiting: (reason) => {
      port.post({ type: 'note', text: `${reason}. Waiting for it.` });
      port.post({ type: 'waiting', reason });
      port.post({ type: 'update', update: { message: `Waiting for the event hub: ${reason}` } });
    },
    onReached: () => port.post({ type: 'waiting', reason: null }),
  };
}

async function catchUp(
  job: StreamJob,
  { settings, paths }: JobWorld,
  port: JobPort,
): Promise<boolean> {
  const reachedOf = job.rebuildJournal === true ? rebuildStream : streamedTo;
  const reachedMs = await reachedOf({ settings, paths, makeWorld: simulatedWorld });
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
