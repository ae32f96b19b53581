/** Publishing dead letters again, into a sink as the config says, or through the stream that runs. */
import { InputError } from '../domain/errors.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import type { StreamSink } from '../delivery/stream-sink.ts';
import { DeadLetterFile } from '../delivery/dead-letters.ts';
import { DEFAULT_SINK, hasConnections, sinkNamed } from '../sinks/registry.ts';
import { settingsOf } from '../sinks/settings.ts';
import { Publisher } from '../delivery/publisher.ts';
import { endedAccount, type LedgerAccount } from '../delivery/redelivery.ts';
import { type Replay, replayDeadLetters } from '../delivery/replay.ts';
import { briefMemory } from '../delivery/stream-memory.ts';
import type { Config } from '../world/config.ts';
import { askHolder, lockOwner, takeLock, watchLock } from '../store/lock.ts';
import type { WorldPaths } from '../store/paths.ts';
import { publisherSettings } from './publisher-settings.ts';
import { askForRetry } from './retry-requests.ts';

const JITTER = purposeKey('dead-letters', 'retry');

export interface RetryOptions {
  /** Name of the sink that they go into while no stream runs; the default one if it is left out. */
  readonly sink?: string | undefined;
  /** Given what ends it early. */
  readonly onOpen?: (close: () => Promise<void>) => void;
}

/**
 * Publishes them; those that are refused again stay. The ledger of the stream follows. While a stream runs
 * it does so itself, into whatever it streams to.
 * @throws InputError without a connection, or while a run is at work that is no stream
 */
export async function retryDeadLetters(
  config: Config,
  paths: WorldPaths,
  { sink: name, onOpen = () => {} }: RetryOptions = {},
): Promise<Replay> {
  await askHolder(paths.lock);
  if (lockOwner(paths.lock) !== undefined) {
    const end = new AbortController();
    onOpen(async () => end.abort());
    const replay = await askForRetry(paths, end.signal);
    if (replay !== undefined) return replay;
  }
  const sink = await configuredSink(config, name);
  await watchLock(paths.lock);
  const release = takeLock(paths.lock);
  const letters = new DeadLetterFile(paths.deadLetters);
  try {
    return await sendAgain({
      config,
      sink,
      letters,
      account: endedAccount(paths.journal),
      onOpen,
    });
  } finally {
    letters.close();
    release();
  }
}

/**
 * A sink that dead letters can go into, where it is configured.
 * @throws InputError without a connection, or for a sink that takes no letters
 */
export async function configuredSink(config: Config, name = DEFAULT_SINK): Promise<StreamSink> {
  const kind = sinkNamed(name, hasConnections);
  const connection = await kind.connections!.find(settingsOf(kind, config));
  if (connection !== undefined) return connection.sink();
  throw new InputError(`Cannot publish the dead letters: ${kind.connections!.missing}`);
}

export interface SendAgain {
  readonly config: Config;
  /** Not opened yet. It is closed in the end. */
  readonly sink: StreamSink;
  readonly letters: DeadLetterFile;
  readonly account: LedgerAccount;
  /** Given what ends it early. */
  readonly onOpen: (close: () => Promise<void>) => void;
}

/** Publishes all letters into a sink of their own. */
export function sendAgain(request: SendAgain): Promise<Replay> {
  const { config, sink, letters, account, onOpen } = request;
  return replayDeadLetters(
    letters,
    async (deadLetters, onSettled) => {
      const publisher = new Publisher({
        sink,
        partitions: await sink.open(),
        memory: briefMemory(),
        deadLetters,
        // Few letters, and somebody waits.
        settings: { ...publisherSettings(config.realtime), rateCap: undefined },
        random: Substream.of(config.seed, JITTER),
        onSettled,
      });
      onOpen(() => publisher.close());
      return publisher;
    },
    account,
  );
}
