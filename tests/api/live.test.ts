/** The broadcast: resumed, disconnected, kept alive; and the live view, which does nothing without clients. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Broadcast, type BroadcastOptions } from '../../src/api/live/broadcast.ts';
import { EventSourceParserStream } from './event-source.ts';
import type { LiveEvent } from './event-stream.ts';
import { testClient } from './client.ts';

const open: Broadcast[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
  vi.useRealTimers();
});

function broadcast(options: Partial<BroadcastOptions> = {}): Broadcast {
  const made = new Broadcast({ firstId: 100, ...options });
  open.push(made);
  return made;
}

const first = () => [{ event: 'network', data: '"first"' }];

function watch(source: Broadcast, lastId?: number) {
  const reader = source.watch(lastId, first).pipeThrough(new EventSourceParserStream()).getReader();
  return {
    async next(): Promise<LiveEvent> {
      const { value } = await reader.read();
      return value as LiveEvent;
    },
    cancel: () => reader.cancel(),
  };
}

describe('a broadcast', () => {
  it('sends the whole state first, then events with increasing ids', async () => {
    const source = broadcast();
    const client = watch(source);
    expect(await client.next()).toMatchObject({ event: 'network', data: '"first"' });
    source.send('state', '1');
    source.send('state', '2');
    expect(await client.next()).toEqual({ event: 'state', id: '100', data: '1' });
    expect(await client.next()).toEqual({ event: 'state', id: '101', data: '2' });
  });

  it('continues after the last event, and starts again for a client that was away too long', async () => {
    const source = broadcast({ kept: 3 });
    for (const data of ['1', '2', '3', '4', '5']) source.send('state', data);
    const back = watch(source, 102);
    expect((await back.next()).data).toBe('4');
    expect((await back.next()).data).toBe('5');
    for (const lastId of [100, 7, 99_999]) {
      expect((await watch(source, lastId).next()).data).toBe('"first"');
    }
    const current = watch(source, 104);
    source.send('state', '6');
    expect((await current.next()).data).toBe('6');
  });

  it('starts again for a client that was cut off during the first state', async () => {
    const source = broadcast();
    const parts = () => [...first(), { event: 'state', data: '"counts"' }];
    const reader = source
      .watch(undefined, parts)
      .pipeThrough(new EventSourceParserStream())
      .getReader();
    // A browser whose last id is empty sends none when it comes back.
    expect((await reader.read()).value).toMatchObject({ event: 'network', id: '' });
    expect((await reader.read()).value).toMatchObject({ event: 'state', id: '99' });
    await reader.cancel();
  });

  it('starts again for a client that reconnects after the events were discarded', async () => {
    const source = broadcast();
    for (const data of ['1', '2']) source.send('state', data);
    source.forget();
    for (const lastId of [100, 101]) {
      expect((await watch(source, lastId).next()).data).toBe('"first"');
    }
    source.send('state', '3');
    expect((await watch(source, 101).next()).data).toBe('"first"');
    expect((await watch(source, 102).next()).data).toBe('3');
  });

  it('disconnects only clients that are too slow', async () => {
    const source = broadcast({ backlogBytes: 10_000 });
    const idle = source.watch(undefined, first);
    const busy = watch(source);
    await busy.next();
    const text = JSON.stringify('x'.repeat(1000));
    let sent = 0;
    while (source.dropped === 0) {
      source.send('state', text);
      sent++;
      await busy.next();
    }
    expect(sent).toBeLessThan(15);
    expect(source.watchers).toBe(1);
    const reader = idle.getReader();
    const drain = async () => {
      for (;;) if ((await reader.read()).done) return;
    };
    await expect(drain()).rejects.toThrow('too slow');
  });

  it('sends heartbeats, and reports when the last client has gone', async () => {
    vi.useFakeTimers();
    const watched: boolean[] = [];
    const source = broadcast({ heartbeatMs: 15_000, onWatched: (now) => watched.push(now) });
    const reader = source.watch(undefined, () => []).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^retry: /);
    vi.advanceTimersByTime(15_000);
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(': still here\n\n');
    await reader.cancel();
    expect(watched).toEqual([true, false]);
  });
});

describe('the live view of a server', () => {
  it('has a maximum number of clients', async () => {
    const client = await testClient();
    try {
      const { broadcast } = client.control.services.live;
      const readers = Array.from({ length: 1000 }, () => broadcast.watch(undefined, () => []));
      const refused = await client.ask('GET', '/api/live');
      expect(refused.status).toBe(503);
      await Promise.all(readers.map((reader) => reader.cancel()));
      expect(broadcast.watchers).toBe(0);
    } finally {
      await client.close();
    }
  });

  it('accepts no client while the server stops', async () => {
    const client = await testClient();
    try {
      const { live } = client.control.services;
      live.close();
      const refused = await client.ask('GET', '/api/live');
      expect([refused.status, live.broadcast.watchers]).toEqual([503, 0]);
      expect(refused.text).toContain('stopping');
    } finally {
      await client.close();
    }
  });

  it('answers HEAD without becoming a client', async () => {
    const client = await testClient();
    try {
      const { broadcast } = client.control.services.live;
      const headers = { host: 'localhost' };
      for (const { method, path } of client.openApi.operations) {
        if (method !== 'GET') continue;
        const url = path.replaceAll(/\{\w+\}/g, '1');
        const head = await client.control.app.request(url, { method: 'HEAD', headers });
        expect(await head.text(), url).toBe('');
        if (path === '/api/live') {
          expect(head.headers.get('content-type')).toContain('text/event-stream');
        }
      }
      expect(broadcast.watchers).toBe(0);
    } finally {
      await client.close();
    }
  });

  it('shows another world to a client that reconnects after a time without clients', async () => {
    const client = await testClient();
    const { live } = client.control.services;
    try {
      const id = async (lastId?: string) => {
        const headers = { host: 'localhost', ...(lastId && { 'last-event-id': lastId }) };
        const { body } = await client.control.app.request('/api/live', { headers });
        const reader = body!.pipeThrough(new EventSourceParserStream()).getReader();
        const kinds: string[] = [];
        for (;;) {
          const { value } = await reader.read();
          kinds.push(value!.event);
          if (value!.event !== 'state') continue;
          await reader.cancel();
          return { kinds, last: value!.id };
        }
      };
      const { last } = await id();
      live.worldChanged();
      expect((await id(last)).kinds).toEqual(['network', 'state']);
    } finally {
      await client.close();
    }
  });

  it('does nothing without clients', async () => {
    const client = await testClient();
    try {
      const { live } = client.control.services;
      const send = vi.spyOn(live.broadcast, 'send');
      live.changed();
      await sleep(600);
      expect(send).not.toHaveBeenCalled();
    } finally {
      await client.close();
    }
  });
});
