/** The running world as this tab sees it, read from the connection while the tab is visible. */
import { signal } from '@preact/signals';
import { addressOf } from './address.ts';
import { authorizationToken, needsToken } from './http.ts';
import type { FeedNews } from './live-feed.ts';
import { liveSource } from './live-source.ts';
import type { LiveState, LiveWire, Network } from './live-types.ts';
import { stateOf } from './live-wire.ts';

export type Link = 'connecting' | 'connected' | 'lost';

export const link = signal<Link>('connecting');
export const network = signal<Network | null>(null);
export const live = signal<LiveState | null>(null);
/** Rows by table, kept here because a state contains them only if they changed. */
export const counts = signal<Readonly<Record<string, number>>>({});
/** How often the connection or the tab came back; pages reload their data when it changes. */
export const reconnections = signal(0);
/** How often the tab was hidden and shown again: changes in between were not watched. */
export const absences = signal(0);

let networkData = '';

/** Watches while the tab is visible; a hidden tab holds no connection. */
export function stayConnected(): void {
  const source = liveSource(hear);
  const url = addressOf('/api/live');
  let isWatching = false;
  let isReturning = false;
  const leave = () => {
    if (isWatching) source.leave();
    isWatching = false;
  };
  const watch = () => {
    if (isReturning) {
      absences.value++;
      reconnections.value++;
    }
    isWatching = true;
    isReturning = true;
    source.watch({ url, token: authorizationToken() });
  };
  const follow = () => {
    if (document.hidden) leave();
    else if (!isWatching) watch();
  };
  // A token that was just entered is tried at once.
  needsToken.subscribe((needed) => {
    if (!needed && isWatching) source.watch({ url, token: authorizationToken() });
  });
  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', leave);
  addEventListener('pageshow', follow);
  follow();
}

function hear(news: FeedNews): void {
  if (news.type === 'refused') needsToken.value = true;
  else if (news.type === 'event') take(news.event, news.data);
  else {
    if (news.link === 'connected' && link.value === 'lost') reconnections.value++;
    link.value = news.link;
  }
}

function take(event: string, data: string): void {
  if (event === 'network') {
    // The same network again, as after a lost connection, changes nothing.
    if (data !== networkData) network.value = JSON.parse(data) as Network;
    networkData = data;
  } else if (event === 'state') {
    const state = stateOf(JSON.parse(data) as LiveWire);
    if (state.counts !== undefined) counts.value = state.counts;
    live.value = state;
  }
}
