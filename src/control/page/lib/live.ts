/**
 * The connection that brings the running world: server-sent events, read with fetch so that they can carry
 * the token. It comes back by itself after a loss, and says what it is doing.
 */
import { signal } from '@preact/signals';
import { createParser } from 'eventsource-parser';
import { addressOf } from './address.ts';
import { authorization, needsToken } from './http.ts';
import type { LiveState, LiveWire, Network } from './live-types.ts';
import { stateOf } from './live-wire.ts';

export type Link = 'connecting' | 'live' | 'lost';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8000;
/** The server sends at least a heartbeat every 15 s. */
const SILENCE_MS = 40_000;

export const link = signal<Link>('connecting');
export const network = signal<Network | null>(null);
export const live = signal<LiveState | null>(null);
/** Rows per table; kept here because a state carries them only where they changed. */
export const counts = signal<Readonly<Record<string, number>>>({});
/** How often the connection came back: pages read their data anew when it changes. */
export const reconnections = signal(0);

let lastEventId = '';
let networkData = '';

/** Connects, and stays connected until the page is left. */
export async function stayConnected(): Promise<never> {
  let delayMs = FIRST_DELAY_MS;
  for (;;) {
    try {
      await readStream(() => {
        if (link.value === 'lost') reconnections.value++;
        link.value = 'live';
        delayMs = FIRST_DELAY_MS;
      });
    } catch {
      // Whatever it was, the next attempt shows whether it has passed.
    }
    link.value = 'lost';
    await rest(delayMs);
    delayMs = Math.min(LONGEST_DELAY_MS, delayMs * 2);
  }
}

let wake = () => {};

/** Waits; a token that was just entered ends it. */
function rest(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

needsToken.subscribe((needed) => {
  if (!needed) wake();
});

async function readStream(onFirst: () => void): Promise<void> {
  const stopper = new AbortController();
  let silence = setTimeout(() => stopper.abort(), SILENCE_MS);
  try {
    const headers: Record<string, string> = { accept: 'text/event-stream', ...authorization() };
    if (lastEventId !== '') headers['last-event-id'] = lastEventId;
    const response = await fetch(addressOf('/api/live'), { headers, signal: stopper.signal });
    if (response.status === 401) needsToken.value = true;
    if (!response.ok || response.body === null) return;
    onFirst();
    const parser = createParser({
      onEvent({ event, data, id }) {
        if (id !== undefined) lastEventId = id;
        take(event ?? 'message', data);
      },
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(() => stopper.abort(), SILENCE_MS);
      parser.feed(value);
    }
  } finally {
    clearTimeout(silence);
    stopper.abort();
  }
}

function take(event: string, data: string): void {
  if (event === 'network') {
    // The same again, as after a loss of the connection, is no news.
    if (data !== networkData) network.value = JSON.parse(data) as Network;
    networkData = data;
  } else if (event === 'state') {
    const state = stateOf(JSON.parse(data) as LiveWire);
    if (state.counts !== undefined) counts.value = state.counts;
    live.value = state;
  }
}
