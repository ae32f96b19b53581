/**
 * One feed for all tabs that watch the same data. A tab that joins later gets the current state at once, and when
 * the last one has left, the connection is closed.
 */
import type { FeedAddress, FeedNews } from './live-feed.ts';

/** A tab, with the function that sends it a message. */
export type Member = (news: FeedNews) => void;

export interface Feed {
  stop(): void;
}

export type OpenFeed = (address: FeedAddress, tell: (news: FeedNews) => void) => Feed;

/** A watching tab sends a sign of life every 10 s, because a tab that crashed does not say that it leaves. */
const PATIENCE_MS = 45_000;

export class FeedHub {
  private readonly open: OpenFeed;
  private readonly feeds = new Map<string, SharedFeed>();

  constructor(open: OpenFeed) {
    this.open = open;
  }

  /** Adds a tab. A repeated call is a sign of life, or a request for another feed. */
  watch(member: Member, address: FeedAddress, nowMs: number): void {
    const key = JSON.stringify([address.url, address.token]);
    for (const [other, feed] of this.feeds) if (other !== key) this.drop(other, feed, member);
    let feed = this.feeds.get(key);
    if (feed === undefined) {
      feed = new SharedFeed();
      this.feeds.set(key, feed);
      const { hear } = feed;
      feed.source = this.open(address, hear);
    }
    feed.join(member, nowMs);
  }

  leave(member: Member): void {
    for (const [key, feed] of this.feeds) this.drop(key, feed, member);
  }

  /** Removes tabs that have given no sign of life. */
  sweep(nowMs: number): void {
    for (const feed of [...this.feeds.values()]) {
      for (const member of feed.silentSince(nowMs - PATIENCE_MS)) this.leave(member);
    }
  }

  private drop(key: string, feed: SharedFeed, member: Member): void {
    if (!feed.leave(member)) return;
    feed.source?.stop();
    this.feeds.delete(key);
  }
}

class SharedFeed {
  source: Feed | undefined;
  private readonly seenMs = new Map<Member, number>();
  private link: FeedNews | undefined;
  private network: FeedNews | undefined;
  private state: string | undefined;
  /** A state contains rows by table only if they have changed. */
  private counts: unknown;

  join(member: Member, nowMs: number): void {
    const isNew = !this.seenMs.has(member);
    this.seenMs.set(member, nowMs);
    if (!isNew) return;
    for (const news of [this.link, this.network, this.whole()]) if (news) member(news);
  }

  /** @returns whether it was the last tab */
  leave(member: Member): boolean {
    return this.seenMs.delete(member) && this.seenMs.size === 0;
  }

  silentSince(limitMs: number): Member[] {
    return [...this.seenMs].filter(([, seenMs]) => seenMs < limitMs).map(([member]) => member);
  }

  readonly hear = (news: FeedNews): void => {
    this.keep(news);
    for (const member of this.seenMs.keys()) member(news);
  };

  private keep(news: FeedNews): void {
    if (news.type === 'link') this.link = news;
    if (news.type !== 'event') return;
    if (news.event === 'network') this.network = news;
    if (news.event !== 'state') return;
    this.state = news.data;
    if (news.data.includes('"counts":{')) this.counts = JSON.parse(news.data).counts;
  }

  /** The newest state, completed for a tab that has just joined. */
  private whole(): FeedNews | undefined {
    if (this.state === undefined) return undefined;
    const data = JSON.stringify({ ...JSON.parse(this.state), counts: this.counts });
    return { type: 'event', event: 'state', data };
  }
}
