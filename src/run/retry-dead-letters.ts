/** Publishing dead letters again, with the credentials that a config has. */
import { InputError } from '../domain/errors.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import type { DeadLetterBox } from '../sinks/stream/dead-letter.ts';
import { EventHubsSink } from '../sinks/stream/event-hubs.ts';
import { Publisher } from '../sinks/stream/publisher.ts';
import { countRedelivered } from '../sinks/stream/redelivery.ts';
import { type Replay, replayDeadLetters } from '../sinks/stream/replay.ts';
import { briefMemory } from '../sinks/stream/stream-memory.ts';
import type { Config } from '../world/config.ts';
import { findConnection, NO_CONNECTION } from './credentials.ts';
import { takeLock, watchLock } from './lock.ts';
import type { WorldPaths } from './paths.ts';
import { publisherSettings } from './publisher-settings.ts';

const JITTER = purposeKey('dead-letters', 'retry');

/**
 * Publishes them; those that are refused again stay. The ledger of the stream follows.
 * @param onOpen given what ends it early
 * @throws InputError without a connection, or while a run is at work
 */
export async function retryDeadLetters(
  config: Config,
  paths: WorldPaths,
  onOpen: (close: () => Promise<void>) => void = () => {},
): Promise<Replay> {
  const connection = await findConnection(config);
  if (connection === undefined) {
    throw new InputError(`Cannot publish the dead letters: ${NO_CONNECTION}`);
  }
  await watchLock(paths.lock);
  const release = takeLock(paths.lock);
  try {
    const sink = new EventHubsSink({ connection, sendTimeoutMs: config.realtime.send_timeout_ms });
    const makePublisher = async (deadLetters: DeadLetterBox) => {
      const publisher = new Publisher({
        sink,
        partitions: await sink.open(),
        memory: briefMemory(),
        deadLetters,
        // Few letters, and somebody waits.
        settings: { ...publisherSettings(config.realtime), rateCap: undefined },
        random: Substream.of(config.seed, JITTER),
      });
      onOpen(() => publisher.close());
      return publisher;
    };
    return await replayDeadLetters(paths.deadLetters, makePublisher, (delivered) =>
      countRedelivered(paths.journal, delivered),
    );
  } finally {
    release();
  }
}
