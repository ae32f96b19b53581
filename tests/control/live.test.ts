/** The broadcast: resumed, dropped, kept alive; and the live view, which costs nothing when nobody looks. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Broadcast, type BroadcastOptions } from '../../src/control/live/broadcast.ts';
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
  it('sends the whole first, then events with rising ids', async () => {
    const source = broadcast();
    const client = watch(source);
    expect(await client.next()).toMatchObject({ event: 'network', data: '"first"' });
    source.send('state', '1');
    source.send('state', '2');
    expect(await client.next()).toEqual({ event: 'state', id: '100', data: '1' });
    expect(await client.next()).toEqual({ event: 'state', id: '101', data: '2' });
  });

  it('goes on where one left off, and begins anew for who was away too long', async () => {
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

  it('drops who does not take what is sent, and nobody else', async () => {
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

  it('says that it is still there, and when nobody watches any more', async () => {
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

describe('the live stream of a server', () => {
  it('has a limit of those who watch', async () => {
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

  it('does nothing while nobody watches', async () => {
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
