/**
 * The stream sinks. To add a sink, add its folder and a line here: the choices of `--sink`, their errors and help, the
 * API's choices, the config's checks, docs, connection tests and retries of dead letters derive from it.
 */
import { InputError, nearest } from '../domain/errors.ts';
import { blackhole } from './blackhole/kind.ts';
import { eventHubs } from './event-hubs/kind.ts';
import { ndjson } from './ndjson/kind.ts';
import { stdout } from './stdout/kind.ts';
import type { StreamSinkKind } from './stream-sink-kind.ts';

const BUILT_IN: readonly StreamSinkKind[] = [eventHubs, ndjson, stdout, blackhole];

/** The default sink of streams and dead letters. */
export const DEFAULT_SINK = eventHubs.name;

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const registered = new Map(BUILT_IN.map((kind) => [kind.name, kind]));

/** Returns all stream sinks in the order of lists: the default first. */
export function streamSinks(): readonly StreamSinkKind[] {
  return [...registered.values()];
}

/** Whether a sink has connections: they can be tested, and dead letters can be sent again. */
export function hasConnections({ connections }: StreamSinkKind): boolean {
  return connections !== undefined;
}

/** Returns the names of the stream sinks that fit. */
export function sinkNames(fits: (kind: StreamSinkKind) => boolean = () => true): string[] {
  return streamSinks()
    .filter(fits)
    .map(({ name }) => name);
}

/**
 * Adds a sink of your own in this thread, wherever sinks are listed.
 * @returns a function that removes it again
 * @throws TypeError if its name is malformed or already in use
 */
export function registerSink<Settings>(kind: StreamSinkKind<Settings>): () => void {
  const { name } = kind;
  if (!NAME.test(name)) {
    throw new TypeError(
      `Cannot register the sink "${name}": expected a name of lowercase letters, digits and dashes, such as "my-sink"`,
    );
  }
  if (registered.has(name)) {
    throw new TypeError(
      `Cannot register the sink "${name}": a sink with this name exists; choose another name`,
    );
  }
  registered.set(name, kind);
  return () => {
    if (registered.get(name) === kind) registered.delete(name);
  };
}

/** Returns the URLs of the modules that other threads must import to have the same sinks. */
export function sinkModules(): string[] {
  return streamSinks().flatMap(({ module }) => module ?? []);
}

/**
 * Returns the sink with a name.
 * @param fits selects the allowed sinks; all by default
 * @throws InputError naming the allowed sinks
 */
export function sinkNamed(given: string, fits?: (kind: StreamSinkKind) => boolean): StreamSinkKind {
  const names = sinkNames(fits);
  if (names.includes(given)) return registered.get(given)!;
  const near = nearest(given, names);
  throw new InputError(
    `Cannot stream to "${given}": expected one of ${names.join(', ')}` +
      (near === undefined ? '' : `; did you mean ${near}?`),
  );
}
