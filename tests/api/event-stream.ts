/** Reads the live stream of a server, event by event, and holds each against its schema. */
import { EventSourceParserStream } from './event-source.ts';
import { NETWORK, STATE, type LiveState } from '../../src/api/shapes/live.ts';
import type { Client } from './client.ts';

export interface LiveEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

export interface Events {
  /** The next event of a kind, parsed. */
  next(event: 'network' | 'state'): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export function events(client: Client, headers: Record<string, string> = {}): Events {
  const response = client.control.app.request('/api/live', {
    headers: { host: 'localhost', ...headers },
  });
  let reader: ReadableStreamDefaultReader<LiveEvent> | undefined;
  const open = async () => {
    reader ??= (await response).body!.pipeThrough(new EventSourceParserStream()).getReader();
    return reader;
  };
  return {
    async next(event) {
      const source = await open();
      for (;;) {
        const { value, done } = await source.read();
        if (done) throw new Error('The live stream has ended');
        if (value.event !== event) continue;
        const parsed = JSON.parse(value.data);
        return (event === 'network' ? NETWORK : STATE).parse(parsed) as Record<string, unknown>;
      }
    },
    close: async () => (await open()).cancel(),
  };
}

/** The next state that is good. */
export async function nextState(
  live: Events,
  good: (state: LiveState) => boolean,
): Promise<LiveState> {
  for (;;) {
    const state = (await live.next('state')) as unknown as LiveState;
    if (good(state)) return state;
  }
}
