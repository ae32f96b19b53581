/** Publishing dead letters again, with the credentials that a config has, or through the stream that runs. */
import { InputError } from '../domain/errors.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import type { Connection } from '../sinks/event-hubs/connection.ts';
import { DeadLetterFile } from '../delivery/dead-letters.ts';
import { EventHubsSink } from '../sinks/event-hubs/event-hubs.ts';
import { Publisher } from '../delivery/publisher.ts';
import { endedAccount, type LedgerAccount } from '../delivery/redelivery.ts';
import { type Replay, replayDeadLetters } from '../delivery/replay.ts';
import { briefMemory } from '../delivery/stream-memory.ts';
import type { Config } from '../world/config.ts';
import { findConnection, NO_CONNECTION } from './credentials.ts';
import { lockOwner, takeLock, watchLock } from '../store/lock.ts';
import type { WorldPaths } from '../store/paths.ts';
import { publisherSettings } from './publisher-settings.ts';
import { askForRetry } from './retry-requests.ts';

const JITTER = purposeKey('dead-letters', 'retry');

/**
 * Publishes them; those that are refused again stay. The ledger of the stream follows. While a stream runs
 * it does so itself, into whatever it streams to.
 * @param onOpen given what ends it early
 * @throws InputError without a connection, or while a run is at work that is no stream
 */
export async function retryDeadLetters(
  config: Config,
  paths: WorldPaths,
  onOpen: (close: () => Promise<void>) => void = () => {},
): Promise<Replay> {
  if (lockOwner(paths.lock) !== undefined) {
    const end = new AbortController();
    onOpen(async () => end.abort());
    const replay = await askForRetry(paths, end.signal);
    if (replay !== undefined) return replay;
  }
  const connection = await findConnection(config);
  if (connection === undefined) {
    throw new InputError(`Cannot publish the dead letters: ${NO_CONNECTION}`);
  }
  await watchLock(paths.lock);
  const release = takeLock(paths.lock);
  const letters = new DeadLetterFile(paths.deadLetters);
  try {
    return await sendAgain({
      config,
      connection,
      letters,
      account: endedAccount(paths.journal),
      onOpen,
    });
  } finally {
    letters.close();
    release();
  }
}

export interface SendAgain {
  readonly config: Config;
  readonly connection: Connection;
  readonly letters: DeadLetterFile;
  readonly account: LedgerAccount;
  /** Given what ends it early. */
  readonly onOpen: (close: () => Promise<void>) => void;
}

/** Publishes all letters over a connection of its own. */
export function sendAgain(request: SendAgain): Promise<Replay> {
  const { config, connection, letters, account, onOpen } = request;
  const sink = new EventHubsSink({ connection, sendTimeoutMs: config.realtime.send_timeout_ms });
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
