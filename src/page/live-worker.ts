/** The shared worker: it holds the connection to the server for all tabs of the browser. */
import { FeedHub, type Member } from './lib/feed-hub.ts';
import { type FeedAddress, LiveFeed } from './lib/live-feed.ts';

/** A tab's requests. `watch` is repeated as a sign of life, and is answered. */
export type FromTab = ({ readonly type: 'watch' } & FeedAddress) | { readonly type: 'leave' };

const SWEEP_EVERY_MS = 15_000;

const hub = new FeedHub((address, tell) => new LiveFeed(address, tell));

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  const member: Member = (news) => port.postMessage(news);
  port.onmessage = ({ data }: MessageEvent<FromTab>) => {
    if (data.type === 'leave') hub.leave(member);
    else {
      port.postMessage({ type: 'here' });
      hub.watch(member, { url: data.url, token: data.token }, Date.now());
    }
  };
});

setInterval(() => hub.sweep(Date.now()), SWEEP_EVERY_MS);
