/**
 * The source of the running world for a tab. A browser opens few connections to a server, usually six, and
 * a stream holds one: so all tabs share one, in a shared worker. Without shared workers, each tab
 * has its own and has to close it when hidden.
 */
import { type FeedAddress, type FeedNews, LiveFeed } from './live-feed.ts';
import type { FromTab } from '../live-worker.ts';

export interface LiveSource {
  watch(address: FeedAddress): void;
  leave(): void;
}

type Hear = (news: FeedNews) => void;

const SIGN_OF_LIFE_MS = 10_000;
/** After this many signs of life without an answer, the worker is considered dead. */
const MOST_UNANSWERED = 3;

export function liveSource(hear: Hear): LiveSource {
  const file = document.querySelector<HTMLMetaElement>('meta[name="live-worker"]')?.content;
  if (typeof SharedWorker === 'undefined' || file === undefined) return new OwnSource(hear);
  try {
    return new SharedSource(file, hear);
  } catch {
    // Some browser settings forbid workers.
    return new OwnSource(hear);
  }
}

class OwnSource implements LiveSource {
  private readonly hear: Hear;
  private feed: LiveFeed | undefined;

  constructor(hear: Hear) {
    this.hear = hear;
  }

  watch(address: FeedAddress): void {
    this.feed?.stop();
    this.feed = new LiveFeed(address, this.hear);
  }

  leave(): void {
    this.feed?.stop();
    this.feed = undefined;
  }
}

class SharedSource implements LiveSource {
  private readonly port: MessagePort;
  private readonly own: OwnSource;
  private address: FeedAddress | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private unanswered = 0;
  private isGone = false;

  constructor(file: string, hear: Hear) {
    this.own = new OwnSource(hear);
    const worker = new SharedWorker(file, { type: 'module', name: 'live' });
    worker.addEventListener('error', () => this.giveUp());
    this.port = worker.port;
    this.port.onmessage = ({ data }: MessageEvent<FeedNews | { readonly type: 'here' }>) => {
      this.unanswered = 0;
      // Messages sent before this tab left are ignored.
      if (data.type !== 'here' && this.address !== undefined && !this.isGone) hear(data);
    };
  }

  watch(address: FeedAddress): void {
    this.address = address;
    if (this.isGone) {
      this.own.watch(address);
      return;
    }
    this.unanswered = 0;
    clearInterval(this.timer);
    this.timer = setInterval(() => this.giveSign(), SIGN_OF_LIFE_MS);
    this.ask({ type: 'watch', ...address });
  }

  leave(): void {
    this.address = undefined;
    clearInterval(this.timer);
    this.own.leave();
    this.ask({ type: 'leave' });
  }

  private giveSign(): void {
    if (this.address === undefined) return;
    if (this.unanswered >= MOST_UNANSWERED) {
      this.giveUp();
      return;
    }
    this.unanswered++;
    this.ask({ type: 'watch', ...this.address });
  }

  /** The worker is not available: this tab opens its own connection. */
  private giveUp(): void {
    if (this.isGone) return;
    this.isGone = true;
    clearInterval(this.timer);
    this.port.close();
    if (this.address !== undefined) this.own.watch(this.address);
  }

  private ask(message: FromTab): void {
    if (!this.isGone) this.port.postMessage(message);
  }
}
