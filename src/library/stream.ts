/** A world that is streamed by a program. */
import type { StreamSink } from '../delivery/stream-sink.ts';
import type { EventType } from '../domain/event-rules.ts';
import type { Speed } from '../engine/pacer.ts';
import { pathsOf } from '../run/read-settings.ts';
import { simulatedWorld } from '../run/simulated-world.ts';
import type { StreamStatus } from '../stream/stream-status.ts';
import { type Instant, instantMs } from './instants.ts';
import type { StreamSinkKind } from '../sinks/stream-sink-kind.ts';
import { readWorld, type WorldConfig } from './world-config.ts';

/** Where a stream goes, how fast and for how long. */
export interface StreamOptions {
  /** Folder of the world, which must have a history. */
  readonly out?: string;
  /** A sink of one's own (`synthetic-retail/sink`), or the name of one; `event-hubs` without it. */
  readonly sink?: StreamSink | string;
  /** Simulated seconds in a second; Infinity for as fast as it goes, 1 without it. */
  readonly speed?: Speed;
  /** Simulated time to stop at. */
  readonly to?: Instant;
  /** Wall time to stop after, ms. */
  readonly durationMs?: number;
  /** Types of the events that are sent; all of them without it. */
  readonly types?: readonly EventType[];
  /** Ends the stream when all that was generated is delivered. */
  readonly signal?: AbortSignal;
  /** Called four times a second. */
  readonly onStatus?: (status: StreamStatus) => void;
  /** Called with sentences that a user should read once. */
  readonly onNote?: (sentence: string) => void;
}

/** How a stream ended. */
export interface StreamEnd {
  /** Simulated time that it has reached, epoch ms. */
  readonly simulatedMs: number;
  /** Whether everything is delivered; if not, the next stream sends it. */
  readonly settled: boolean;
}

/** A stream that has begun. */
export interface RunningStream {
  /** Where the events go, in words. */
  readonly target: string;
  /** Simulated time at which it began, epoch ms. */
  readonly fromMs: number;
  /** Settles when it has ended and everything is closed; rejects with what ended it early. */
  readonly ended: Promise<StreamEnd>;
  /** Stops simulated time; what was generated is still delivered. */
  pause(): void;
  /** Lets simulated time go on. */
  resume(): void;
  /** Changes the speed from now on. @throws RangeError */
  setSpeed(speed: Speed): void;
  /** Delivers what there is, takes a checkpoint and ends; without, where that takes longer than the patience. */
  stop(patienceMs?: number): Promise<StreamEnd>;
  /** Returns how it is doing now. */
  status(): StreamStatus;
}

/**
 * Starts to stream a world on from where it stopped: `await (await startStream(…)).ended` waits for the end. What
 * was not delivered is sent by the next stream of the same world, with the same ids.
 * @throws InputError or OutputError that says what is wrong; nothing is left open then
 */
export async function startStream(
  world: WorldConfig,
  options: StreamOptions = {},
): Promise<RunningStream> {
  const { out, sink, speed, to, durationMs, types, signal, onStatus, onNote } = options;
  signal?.throwIfAborted();
  const settings = readWorld(world);
  const running = await import('../stream/running-stream.ts');
  const stream = await running.RunningStream.start({
    settings,
    paths: pathsOf(out, settings.config),
    makeWorld: simulatedWorld,
    speed,
    durationMs,
    ...(sink !== undefined && { sink: typeof sink === 'string' ? sink : kindOf(sink) }),
    ...(to !== undefined && { toMs: instantMs('to', to) }),
    ...(types !== undefined && { types: new Set(types) }),
    ...(signal !== undefined && { wait: { signal } }),
    ...(onStatus !== undefined && { onStatus }),
    ...(onNote !== undefined && { onNote }),
  });
  const stop = () => void stream.stop();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  const forget = () => signal?.removeEventListener('abort', stop);
  stream.ended.then(forget, forget);
  return stream;
}

/** A sink that is there already, as one that is in no registry. */
function kindOf(sink: StreamSink): StreamSinkKind {
  const { name } = sink;
  return {
    name,
    about: `to the sink "${name}" of the program`,
    target: () => ({ sink, about: name, isOurs: true }),
  };
}
