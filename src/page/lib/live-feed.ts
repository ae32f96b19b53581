/**
 * One connection that delivers the running world: server-sent events, read with fetch so that they can carry
 * the token. It reconnects by itself after a loss, and reports its state.
 *
 * It does not access the page, so that a shared worker can hold it for all tabs.
 */
import { createParser } from 'eventsource-parser';

/** The messages of a feed. */
export type FeedNews =
  | { readonly type: 'link'; readonly link: 'connected' | 'lost' }
  | { readonly type: 'event'; readonly event: string; readonly data: string }
  /** The server requires another token. */
  | { readonly type: 'refused' };

export interface FeedAddress {
  readonly url: string;
  /** Null if none was entered. */
  readonly token: string | null;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8000;
/** The server sends at least a heartbeat every 15 s. */
const SILENCE_MS = 40_000;

export class LiveFeed {
  private readonly address: FeedAddress;
  private readonly tell: (news: FeedNews) => void;
  private readonly stopper = new AbortController();
  private lastEventId = '';

  /** Connects and stays connected until it is stopped. */
  constructor(address: FeedAddress, tell: (news: FeedNews) => void) {
    this.address = address;
    this.tell = (news) => {
      if (!this.stopper.signal.aborted) tell(news);
    };
    void this.run();
  }

  stop(): void {
    this.stopper.abort();
  }

  private async run(): Promise<void> {
    let delayMs = FIRST_DELAY_MS;
    while (!this.stopper.signal.aborted) {
      try {
        await this.read(() => {
          this.tell({ type: 'link', link: 'connected' });
          delayMs = FIRST_DELAY_MS;
        });
      } catch {
        // Whatever the error was, the next attempt shows whether it is over.
      }
      this.tell({ type: 'link', link: 'lost' });
      await this.rest(delayMs);
      delayMs = Math.min(LONGEST_DELAY_MS, delayMs * 2);
    }
  }

  private rest(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, delayMs);
      this.stopper.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  private async read(onFirst: () => void): Promise<void> {
    const { url, token } = this.address;
    const attempt = new AbortController();
    const end = () => attempt.abort();
    this.stopper.signal.addEventListener('abort', end);
    let silence = setTimeout(end, SILENCE_MS);
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (token !== null) headers.authorization = `Bearer ${token}`;
      if (this.lastEventId !== '') headers['last-event-id'] = this.lastEventId;
      const response = await fetch(url, { headers, signal: attempt.signal });
      if (response.status === 401) this.tell({ type: 'refused' });
      if (!response.ok || response.body === null) return;
      onFirst();
      const parser = createParser({
        onEvent: ({ event = 'message', data, id }) => {
          if (id !== undefined) this.lastEventId = id;
          this.tell({ type: 'event', event, data });
        },
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(silence);
        silence = setTimeout(end, SILENCE_MS);
        parser.feed(value);
      }
    } finally {
      clearTimeout(silence);
      this.stopper.signal.removeEventListener('abort', end);
      attempt.abort();
    }
  }
}
