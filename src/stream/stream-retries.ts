/** A running stream sends its dead letters again on request. */
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
  /** Creates another sink with the stream's target; undefined if it does not accept dead letters. */
  readonly another: (() => StreamSink) | undefined;
  /** Undefined if this stream stores none; an earlier one may have. */
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

  /** Called a few times a second: handles new requests. */
  look(): void {
    if (this.running !== undefined || this.isClosing) return;
    const keys = takeRetryRequests(this.options.paths);
    if (keys.length === 0) return;
    this.running = this.retry(keys).finally(() => {
      this.running = undefined;
      this.end = undefined;
    });
  }

  /** Ends a retry under way; letters without an answer stay. */
  async close(): Promise<void> {
    this.isClosing = true;
    await this.end?.();
    await this.running;
  }

  /** Never rejects: errors are sent to the process that asked. */
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
        ? 'Cannot send the dead letters again: the stream ended. Letters without an answer are kept.'
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

/** Returns the retries of a stream, counted in its own ledger. */
export function retriesOf(
  { settings, paths, onNote }: StreamRequest,
  { journal, deadLetters: letters, publisher }: OpenStream,
  { another }: StreamTarget,
): StreamRetries {
  const account = { ledger: publisher.ledger, flush: () => journal.flush() };
  const { config } = settings;
  return new StreamRetries({ config, paths, another, letters, account, onNote });
}
