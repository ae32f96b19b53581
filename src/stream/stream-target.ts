/** The target of a stream: the requested sink, created for a world. */
import type { StreamSink } from '../delivery/stream-sink.ts';
import { DEFAULT_SINK, sinkNamed } from '../sinks/registry.ts';
import { settingsOf } from '../sinks/settings.ts';
import type { SinkContext, StreamSinkKind, StreamTarget } from '../sinks/stream-sink-kind.ts';
import { takeLock, watchLock } from '../store/lock.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { Config } from '../world/config.ts';
import { reachTarget, type TargetWait } from './reach-target.ts';

/** A sink: its name in the registry, its description, or the sink itself, not opened yet. */
export type AskedSink = string | StreamSinkKind | StreamSink;

/** Returns the description of the requested sink. @throws InputError naming the existing sinks */
function sinkAsked(asked: AskedSink = DEFAULT_SINK): StreamSinkKind {
  if (typeof asked === 'string') return sinkNamed(asked);
  if ('target' in asked) return asked;
  const { name } = asked;
  return { name, about: `to ${name}`, target: () => ({ sink: asked, about: name, isOurs: true }) };
}

/** Returns the target of a stream. @throws InputError or OutputError naming wrong settings or a wrong connection */
export async function streamTarget(
  asked: AskedSink | undefined,
  config: Config,
  paths: WorldPaths,
  onNote?: (sentence: string) => void,
): Promise<StreamTarget> {
  const kind = sinkAsked(asked);
  const context: SinkContext = {
    ...settingsOf(kind, config),
    folder: paths.stream,
    locks: { watch: watchLock, take: takeLock },
    onNote,
  };
  return kind.target(context);
}

/**
 * Tests the configured connection before hours of history are generated; waits for a service that is not available
 * yet, unless the request says otherwise.
 * @throws InputError or OutputError that says what is wrong, TargetGivenUp
 */
export async function requireTarget(
  asked: AskedSink | undefined,
  config: Config,
  wait: TargetWait = { failFast: true },
): Promise<void> {
  const kind = sinkAsked(asked);
  await kind.load?.();
  const connection = await kind.connections?.find(settingsOf(kind, config));
  if (connection === undefined) return;
  const sink = connection.sink();
  try {
    await reachTarget(() => sink.open(), wait);
  } finally {
    await sink.close();
  }
}
