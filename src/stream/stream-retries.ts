/** The dead letters of a stream that runs, sent again by the stream itself when somebody asks for it. */
import { reasonOf } from '../domain/errors.ts';
import type { StreamSink } from '../delivery/stream-sink.ts';
import { DeadLetterFile } from '../delivery/dead-letters.ts';
import type { LedgerAccount } from '../delivery/redelivery.ts';
import type { Config } from '../world/config.ts';
import type { StreamTarget } from '../sinks/stream-sink-kind.ts';
import type { OpenStream } from './open-stream.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { StreamRequest } from './stream-request.ts';
import { configuredSink, sendAgain } from './retry-dead-letters.ts';
import { answerRetryRequests, dropRetryRequests, takeRetryRequests } from './retry-requests.ts';

export interface StreamRetriesOptions {
  readonly config: Config;
  readonly paths: WorldPaths;
  /** Makes another sink to where the stream goes; undefined where letters can't go there. */
  readonly another: (() => StreamSink) | undefined;
  /** Undefined where the stream keeps none; there may be some of an earlier one. */
  readonly letters: DeadLetterFile | undefined;
  readonly account: LedgerAccount;
  readonly onNote?: ((sentence: string) => void) | undefined;
}

export class StreamRetries {
  private readonly options: StreamRetriesOptions;
  private running: Promise<void> | undefined;
  private end: (() => Promise<void>) | undefined;
  private isClosing = false;

  constructor(options: StreamRetriesOptions) {
    this.options = options;
    dropRetryRequests(options.paths);
  }

  /** Takes up what is asked for; called a few times a second. */
  look(): void {
    if (this.running !== undefined || this.isClosing) return;
    const keys = takeRetryRequests(this.options.paths);
    if (keys.length === 0) return;
    this.running = this.retry(keys).finally(() => {
      this.running = undefined;
      this.end = undefined;
    });
  }

  /** Ends what is under way; letters that were not answered stay. */
  async close(): Promise<void> {
    this.isClosing = true;
    await this.end?.();
    await this.running;
  }

  /** Never rejects: whoever asked is told. */
  private async retry(keys: readonly string[]): Promise<void> {
    const { config, paths, account, onNote } = this.options;
    const letters = this.options.letters ?? new DeadLetterFile(paths.deadLetters);
    try {
      const sink = this.options.another?.() ?? (await configuredSink(config));
      const onOpen = (end: () => Promise<void>) => {
        this.end = end;
        if (this.isClosing) void end();
      };
      const replay = await sendAgain({ config, sink, letters, account, onOpen });
      answerRetryRequests(paths, keys, replay);
      onNote?.(
        `Dead letters sent again: ${replay.delivered} delivered, ${replay.kept} refused again and kept.`,
      );
    } catch (error) {
      const reason = this.isClosing
        ? 'Cannot send the dead letters again: the stream ended meanwhile. Those that were not answered are kept.'
        : reasonOf(error);
      try {
        answerRetryRequests(paths, keys, { error: reason });
      } catch (fault) {
        onNote?.(`Dead letters were not sent again: ${reason} (${reasonOf(fault)})`);
      }
    } finally {
      if (letters !== this.options.letters) letters.close();
    }
  }
}

/** Those of a stream, counted in its own ledger. */
export function retriesOf(
  { settings, paths, onNote }: StreamRequest,
  { journal, deadLetters: letters, publisher }: OpenStream,
  { another }: StreamTarget,
): StreamRetries {
  const account = { ledger: publisher.ledger, flush: () => journal.flush() };
  const { config } = settings;
  return new StreamRetries({ config, paths, another, letters, account, onNote });
}
