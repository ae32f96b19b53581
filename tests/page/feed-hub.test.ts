/** One connection for all tabs: joined, left, closed, and its present state for late tabs. */
import { describe, expect, it } from 'vitest';
import { FeedHub } from '../../src/page/lib/feed-hub.ts';
import type { FeedAddress, FeedNews } from '../../src/page/lib/live-feed.ts';

const HOME: FeedAddress = { url: 'http://localhost/api/live', token: null };
const event = (name: string, data: unknown): FeedNews => ({
  type: 'event',
  event: name,
  data: JSON.stringify(data),
});

interface Opened {
  readonly address: FeedAddress;
  readonly tell: (news: FeedNews) => void;
  isStopped: boolean;
}

function hub() {
  const opened: Opened[] = [];
  const made = new FeedHub((address, tell) => {
    const feed = { address, tell, isStopped: false };
    opened.push(feed);
    const stop = () => {
      feed.isStopped = true;
    };
    return { stop };
  });
  return { hub: made, opened };
}

function tab() {
  const news: FeedNews[] = [];
  return { news, member: (each: FeedNews) => void news.push(each) };
}

describe('the feed of all tabs', () => {
  it('is one connection for ten tabs, and informs each of them', () => {
    const { hub: shared, opened } = hub();
    const tabs = Array.from({ length: 10 }, tab);
    for (const { member } of tabs) shared.watch(member, HOME, 0);
    expect(opened.length).toBe(1);
    opened[0].tell({ type: 'link', link: 'connected' });
    opened[0].tell(event('state', { at: 1 }));
    for (const { news } of tabs) {
      expect(news).toEqual([{ type: 'link', link: 'connected' }, event('state', { at: 1 })]);
    }
  });

  it('sends a later tab the network and the newest state, with the counts', () => {
    const { hub: shared, opened } = hub();
    shared.watch(tab().member, HOME, 0);
    opened[0].tell({ type: 'link', link: 'connected' });
    opened[0].tell(event('network', { dcs: [] }));
    opened[0].tell(event('state', { at: 1, counts: { stores: 4 } }));
    opened[0].tell(event('state', { at: 2 }));
    const late = tab();
    shared.watch(late.member, HOME, 0);
    expect(late.news).toEqual([
      { type: 'link', link: 'connected' },
      event('network', { dcs: [] }),
      event('state', { at: 2, counts: { stores: 4 } }),
    ]);
    // A sign of life is no second visit.
    shared.watch(late.member, HOME, 10_000);
    expect(late.news.length).toBe(3);
  });

  it('continues without the tab that opened it, and ends with the last one', () => {
    const { hub: shared, opened } = hub();
    const [first, second] = [tab(), tab()];
    shared.watch(first.member, HOME, 0);
    shared.watch(second.member, HOME, 0);
    shared.leave(first.member);
    expect(opened[0].isStopped).toBe(false);
    opened[0].tell(event('state', { at: 1 }));
    expect(first.news).toEqual([]);
    expect(second.news).toEqual([event('state', { at: 1 })]);
    shared.leave(second.member);
    expect(opened[0].isStopped).toBe(true);
    // Who comes back is connected anew, and told nothing that is old.
    shared.watch(second.member, HOME, 0);
    expect(opened.length).toBe(2);
    expect(second.news).toEqual([event('state', { at: 1 })]);
  });

  it('ends also when the last tab was silent for 45 s', () => {
    const { hub: shared, opened } = hub();
    const [crashed, alive] = [tab(), tab()];
    shared.watch(crashed.member, HOME, 0);
    shared.watch(alive.member, HOME, 0);
    shared.watch(alive.member, HOME, 40_000);
    shared.sweep(46_000);
    opened[0].tell(event('state', { at: 1 }));
    expect(crashed.news).toEqual([]);
    expect(alive.news.length).toBe(1);
    shared.sweep(86_000);
    expect(opened[0].isStopped).toBe(true);
  });

  it('is not shared between tabs with different tokens', () => {
    const { hub: shared, opened } = hub();
    const [with_, without] = [tab(), tab()];
    shared.watch(with_.member, { ...HOME, token: 'right' }, 0);
    shared.watch(without.member, HOME, 0);
    expect(opened.map(({ address }) => address.token)).toEqual(['right', null]);
    opened[0].tell(event('state', { at: 1 }));
    opened[1].tell({ type: 'refused' });
    expect(with_.news).toEqual([event('state', { at: 1 })]);
    expect(without.news).toEqual([{ type: 'refused' }]);
    // The token that is entered then is another feed, and the one without ends.
    shared.watch(without.member, { ...HOME, token: 'right' }, 1);
    expect(opened.length).toBe(2);
    expect(opened[1].isStopped).toBe(true);
    expect(without.news.at(-1)).toEqual(event('state', { at: 1 }));
  });
});
