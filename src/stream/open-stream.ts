/** Opens the parts of a stream by config and folder: sink, journal, dead letters, publisher. */
import { purposeKey, Substream } from '../engine/substream.ts';
import type { AppendPort } from '../delivery/append-file.ts';
import type { BreakerState } from '../delivery/breaker-gate.ts';
import { DeadLetterFile } from '../delivery/dead-letters.ts';
import type { Frontier } from '../delivery/frontier.ts';
import type { Entry } from '../delivery/lane.ts';
import type { Journal } from '../delivery/journal.ts';
import { continueJournal } from '../delivery/journal-access.ts';
import { Publisher } from '../delivery/publisher.ts';
import type { StreamSink } from '../delivery/stream-sink.ts';
import type { Config } from '../world/config.ts';
import type { WorldPaths } from '../store/paths.ts';
import { publisherSettings } from './publisher-settings.ts';

const JITTER = purposeKey('publisher', 'retry');

export interface OpenStreamRequest {
  readonly config: Config;
  readonly paths: WorldPaths;
  readonly sink: StreamSink;
  /** The checkpoint from which regions count their events. */
  readonly base: string;
  /** Opens the sink, and may retry. */
  readonly reach?: (open: () => Promise<number>) => Promise<number>;
  /** The world of the events. */
  readonly world?: string;
  readonly frontier?: Frontier;
  /** Replaces the file system of the journal in tests. */
  readonly journalPort?: AppendPort;
  /** Called with each new state of the circuit breaker. */
  readonly onBreaker?: (state: BreakerState) => void;
  /** Called with each batch of settled events. */
  readonly onSettled?: (batch: readonly Entry[]) => void;
}

export interface OpenStream {
  readonly publisher: Publisher;
  readonly journal: Journal;
  /** Undefined if the config turns them off. */
  readonly deadLetters: DeadLetterFile | undefined;
  /** Ends the publishing and closes all files. Call `publisher.flush` first to send all events. */
  close(): Promise<void>;
}

/**
 * Opens sink, journal and dead letters, and starts the publisher.
 * @throws InputError or OutputError that says what is wrong, after closing what was opened
 */
export async function openStream(request: OpenStreamRequest): Promise<OpenStream> {
  const { config, paths, sink, onBreaker, onSettled } = request;
  const { base, world, frontier, journalPort: port, reach = (open) => open() } = request;
  const partitions = await reach(() => sink.open());
  try {
    const hasDeadLetters = config.realtime.enable_dead_letter_queue;
    const deadLetters = hasDeadLetters ? new DeadLetterFile(paths.deadLetters) : undefined;
    const journal = continueJournal(paths.journal, {
      base,
      partitions,
      world,
      frontier,
      port,
    });
    const publisher = new Publisher({
      sink,
      partitions,
      memory: journal,
      deadLetters,
      settings: publisherSettings(config.realtime),
      random: Substream.of(config.seed, JITTER),
      ...(onBreaker && { onBreaker }),
      ...(onSettled && { onSettled }),
    });
    const close = async () => {
      try {
        await publisher.close();
      } finally {
        deadLetters?.close();
      }
    };
    return { publisher, journal, deadLetters, close };
  } catch (error) {
    await sink.close();
    throw error;
  }
}
