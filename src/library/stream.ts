/** Streams a world under the control of a program. */
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
  /** A sink of your own (`synthetic-retail/sink`), or the name of a sink; `event-hubs` by default. */
  readonly sink?: StreamSink | string;
  /** Simulated seconds in a second; Infinity for full speed; 1 by default. */
  readonly speed?: Speed;
  /** Simulated time to stop at. */
  readonly to?: Instant;
  /** Wall time after which to stop, ms. */
  readonly durationMs?: number;
  /** Types of the events that are sent; all types by default. */
  readonly types?: readonly EventType[];
  /** Ends the stream when all generated events are delivered. */
  readonly signal?: AbortSignal;
  /** Called with the status four times a second. */
  readonly onStatus?: (status: StreamStatus) => void;
  /** Called with a note for the user. */
  readonly onNote?: (sentence: string) => void;
}

/** Result of a stream. */
export interface StreamEnd {
  /** Simulated time that the stream has reached, epoch ms. */
  readonly simulatedMs: number;
  /** Whether all events are delivered; otherwise the next stream sends the rest. */
  readonly settled: boolean;
}

/** A running stream. */
export interface RunningStream {
  /** Description of the stream's target. */
  readonly target: string;
  /** Simulated time at which it began, epoch ms. */
  readonly fromMs: number;
  /** Settles when the stream has ended and everything is closed; rejects with the error that ended it. */
  readonly ended: Promise<StreamEnd>;
  /** Pauses simulated time; generated events are still delivered. */
  pause(): void;
  /** Continues simulated time. */
  resume(): void;
  /** Changes the speed. @throws RangeError */
  setSpeed(speed: Speed): void;
  /** Delivers the generated events, takes a checkpoint and ends; ends without them after `patienceMs`. */
  stop(patienceMs?: number): Promise<StreamEnd>;
  /** Returns how it is doing now. */
  status(): StreamStatus;
}

/**
 * Starts to stream a world from its end: `await (await startStream(…)).ended` waits for the end. The next
 * stream of the same world sends events that were not delivered, with the same ids.
 * @throws InputError or OutputError that says what is wrong, after closing what was opened
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

/** Returns the description of a sink that is not in the registry. */
function kindOf(sink: StreamSink): StreamSinkKind {
  const { name } = sink;
  return {
    name,
    about: `to the sink "${name}" of the program`,
    target: () => ({ sink, about: name, isOurs: true }),
  };
}
