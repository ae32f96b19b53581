/** Publishes dead letters again: to a configured sink, or through the running stream. */
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
  /** Name of the sink if no stream runs; the default sink if undefined. */
  readonly sink?: string | undefined;
  /** Called with a function that ends the retry early. */
  readonly onOpen?: (close: () => Promise<void>) => void;
}

/**
 * Publishes the dead letters; letters that are refused again stay. Updates the ledger of the stream. A running stream
 * publishes them itself, to its own target.
 * @throws InputError without a connection, or while another kind of run uses the world
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
 * Returns a configured sink for dead letters.
 * @throws InputError without a connection, or for a sink that does not accept dead letters
 */
export async function configuredSink(config: Config, name = DEFAULT_SINK): Promise<StreamSink> {
  const kind = sinkNamed(name, hasConnections);
  const connection = await kind.connections!.find(settingsOf(kind, config));
  if (connection !== undefined) return connection.sink();
  throw new InputError(`Cannot publish the dead letters: ${kind.connections!.missing}`);
}

export interface SendAgain {
  readonly config: Config;
  /** Not opened yet. It is closed at the end. */
  readonly sink: StreamSink;
  readonly letters: DeadLetterFile;
  readonly account: LedgerAccount;
  /** Called with a function that ends the retry early. */
  readonly onOpen: (close: () => Promise<void>) => void;
}

/** Publishes all letters to a separate sink. */
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
        // No maximum rate: there are few letters, and a user waits.
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
