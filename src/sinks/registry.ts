/**
 * The stream sinks. A sink is added by its folder and a line here: the choices of `--sink`, their errors and help, the
 * API's choices, the config's checks, docs, connection tests and retries of dead letters follow from it.
 */
import { InputError, nearest } from '../domain/errors.ts';
import { blackhole } from './blackhole/kind.ts';
import { eventHubs } from './event-hubs/kind.ts';
import { ndjson } from './ndjson/kind.ts';
import { stdout } from './stdout/kind.ts';
import type { StreamSinkKind } from './stream-sink-kind.ts';

const BUILT_IN: readonly StreamSinkKind[] = [eventHubs, ndjson, stdout, blackhole];

/** Where streams and dead letters go by default. */
export const DEFAULT_SINK = eventHubs.name;

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const registered = new Map(BUILT_IN.map((kind) => [kind.name, kind]));

/** All stream sinks, in the order in which they are listed: the default first. */
export function streamSinks(): readonly StreamSinkKind[] {
  return [...registered.values()];
}

/** Whether one needs a connection to get in: it can be tested, and dead letters can go there again. */
export function hasConnections({ connections }: StreamSinkKind): boolean {
  return connections !== undefined;
}

/** Names of the stream sinks, or of those that fit. */
export function sinkNames(fits: (kind: StreamSinkKind) => boolean = () => true): string[] {
  return streamSinks()
    .filter(fits)
    .map(({ name }) => name);
}

/**
 * Adds a sink of your own, from now on and in this thread; it comes along wherever sinks are listed.
 * @returns takes it out again
 * @throws TypeError if its name is none or is taken
 */
export function registerSink<Settings>(kind: StreamSinkKind<Settings>): () => void {
  const { name } = kind;
  if (!NAME.test(name)) {
    throw new TypeError(
      `Cannot register the sink "${name}": expected a name of small letters, digits and dashes, such as "my-sink"`,
    );
  }
  if (registered.has(name)) {
    throw new TypeError(
      `Cannot register the sink "${name}": there is one of that name; choose another`,
    );
  }
  registered.set(name, kind);
  return () => {
    if (registered.get(name) === kind) registered.delete(name);
  };
}

/** URLs of the modules that other threads have to import to have the same sinks. */
export function sinkModules(): string[] {
  return streamSinks().flatMap(({ module }) => module ?? []);
}

/**
 * The sink of a name.
 * @param fits which sinks can be meant; all by default
 * @throws InputError naming those that can
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
