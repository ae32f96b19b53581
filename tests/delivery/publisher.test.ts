/** The publisher against a sink that follows a script, by a clock that the test moves. */
import { describe, expect, it } from 'vitest';
import type { DeadLetter } from '../../src/delivery/dead-letter.ts';
import { briefMemory } from '../../src/delivery/stream-memory.ts';
import { eventAt, events, offerAll, quickPublisher } from './fixtures.ts';
import { FakeTiming, settled } from './fake-timing.ts';
import { ScriptedSink, type Step } from './scripted-sink.ts';

/** A publisher with one partition unless told otherwise. */
function setUp(
  script: readonly Step[] | ((partition: number) => Step),
  settings: Parameters<typeof quickPublisher>[1] = {},
  partitions = 1,
) {
  let at = 0;
  const step = typeof script === 'function' ? script : () => script[at++] ?? 'ok';
  const sink = new ScriptedSink(partitions, (partition) => step(partition));
  const timing = new FakeTiming();
  const letters: DeadLetter[] = [];
  const states: string[] = [];
  const memory = briefMemory();
  const publisher = quickPublisher(
    {
      sink,
      partitions,
      memory,
      timing,
      deadLetters: { add: (more) => void letters.push(...more) },
      onBreaker: (state) => states.push(state),
    },
    settings,
  );
  return { sink, timing, publisher, letters, states, memory };
}

const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `0-${from + index}`);

describe('batches', () => {
  it('are cut by number, and by time if the number is not reached', async () => {
    const { sink, timing, publisher } = setUp([], { batchTimeoutMs: 50 });
    for (let sequence = 0; sequence < 20; sequence++)
      publisher.offer(eventAt(0, sequence), 0, sequence);
    await settled();
    expect(sink.sends.map((send) => send.ids)).toEqual([ids(0, 16)]);
    await timing.advance(49);
    expect(sink.sends).toHaveLength(1);
    await timing.advance(1);
    expect(sink.sends[1].ids).toEqual(ids(16, 20));
    expect(publisher.ledger.inFlight).toBe(0);
    const bytes = Array.from({ length: 20 }, (_, at) => sink.sizeOf(eventAt(0, at)));
    expect(publisher.status()).toMatchObject({
      batchesSent: 2,
      bytesSent: bytes.reduce((sum, one) => sum + one, 0),
    });
  });

  it('go at once where nothing was sent for a while, with all that was offered at once', async () => {
    const { sink, timing, publisher } = setUp([], { batchTimeoutMs: 50 });
    let sequence = 0;
    const offer = (count: number) => {
      for (let n = 0; n < count; n++) publisher.offer(eventAt(0, sequence), 0, sequence++);
    };
    offer(3);
    await settled();
    expect(sink.sends.map((send) => send.ids)).toEqual([ids(0, 3)]);
    await timing.advance(20);
    offer(2);
    await timing.advance(29);
    expect(sink.sends).toHaveLength(1);
    offer(1);
    await timing.advance(1);
    expect(sink.sends[1].ids).toEqual(ids(3, 6));
    await timing.advance(60);
    offer(1);
    await settled();
    expect(sink.sends).toHaveLength(3);
  });

  it('are cut by bytes', async () => {
    const { sink, publisher } = setUp([]);
    const { length } = eventAt(0, 0, 7, 1000).body;
    sink.maxBatchBytes = 3 * length;
    const late = quickPublisher({ sink, partitions: 1, memory: briefMemory() });
    await publisher.close();
    for (let sequence = 0; sequence < 7; sequence++) {
      late.offer(eventAt(0, sequence, 7, 1000), 0, sequence);
    }
    await late.flush();
    expect(sink.sends.map((send) => send.ids.length)).toEqual([3, 3, 1]);
  });

  it('go one at a time in a partition, side by side in several', async () => {
    const { sink, publisher } = setUp([], {}, 4);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    sink.gate = () => held;
    await offerAll(publisher, events(1, 190));
    await settled();
    expect(sink.mostUnderWay).toBe(1);
    expect(new Set(sink.sends.map(({ partition }) => partition)).size).toBeGreaterThan(2);
    release();
    await publisher.flush();
    expect(sink.mostUnderWay).toBe(1);
  });

  it('keep the events of a key in one partition, the one that the sink has for it', async () => {
    const { sink, publisher } = setUp([], {}, 5);
    await offerAll(publisher, events(3, 60));
    await publisher.flush();
    sink.stored.forEach((stored, partition) => {
      for (const { partitionKey } of stored) {
        expect(sink.partitionOf(partitionKey)).toBe(partition);
      }
    });
    expect(sink.stored.filter(({ length }) => length > 0).length).toBeGreaterThan(2);
    expect(sink.delivered.events).toBe(180);
  });
});

describe('failures', () => {
  it.each(['unsent', 'unknown'] as const)(
    '%s: the same batch again, waiting longer',
    async (kind) => {
      const { sink, timing, publisher } = setUp([kind, kind, kind], {
        backoff: { firstMs: 100, multiplier: 3, longestMs: 5_000, retriesPerRound: 9 },
        breaker: undefined,
      });
      publisher.offer(eventAt(0, 0), 0, 0);
      const done = publisher.flush();
      while (sink.sends.length < 4) {
        await settled();
        await timing.ring();
      }
      await done;
      expect(new Set(sink.sends.map(({ ids }) => ids.join()))).toEqual(new Set(['0-0']));
      const waits = timing.delays.slice(-3);
      [100, 300, 900].forEach((nominal, index) => {
        expect(waits[index]).toBeGreaterThanOrEqual(nominal / 2);
        expect(waits[index]).toBeLessThanOrEqual(nominal);
      });
      expect(publisher.ledger.total()).toMatchObject({
        sent: 1,
        acknowledged: 1,
        retried: 3,
        possiblyRepeated: kind === 'unknown' ? 3 : 0,
      });
    },
  );

  it('after a round the longest wait comes, then the next round', async () => {
    const { timing, publisher, sink } = setUp(new Array<Step>(5).fill('unsent'), {
      backoff: { firstMs: 10, multiplier: 2, longestMs: 9_000, retriesPerRound: 2 },
      breaker: undefined,
    });
    publisher.offer(eventAt(0, 0), 0, 0);
    const done = publisher.flush();
    while (sink.sends.length < 6) {
      await settled();
      await timing.ring();
    }
    await done;
    const [first, second, pause, again] = timing.delays.slice(-5);
    expect(first).toBeLessThanOrEqual(10);
    expect(second).toBeLessThanOrEqual(20);
    expect(pause).toBeGreaterThanOrEqual(4_500);
    expect(again).toBeLessThanOrEqual(10);
  });

  it('busy: waits, counts it as throttling, and nothing as broken', async () => {
    const { timing, publisher, states, sink } = setUp(['busy', 'busy', 'busy', 'busy', 'busy']);
    publisher.offer(eventAt(0, 0), 0, 0);
    const done = publisher.flush();
    while (sink.sends.length < 6) {
      await settled();
      await timing.ring();
    }
    await done;
    const { throttled, throttledMs, failures } = publisher.status();
    expect({ throttled, failures }).toEqual({ throttled: 5, failures: 0 });
    expect(publisher.status()).toMatchObject({ batchesSent: 1 });
    expect(throttledMs).toBeGreaterThan(5);
    expect(states).toEqual([]);
    expect(publisher.ledger.total()).toMatchObject({ retried: 5, possiblyRepeated: 0 });
  });

  it('stopped: ends the publishing, says why, and keeps everything in flight', async () => {
    const { publisher, letters } = setUp(['ok', 'stopped']);
    const offers = offerAll(publisher, events(1, 300));
    await expect(offers).rejects.toThrow(
      /Cannot publish to scripted: scripted: stopped\. \d+ events wait/,
    );
    expect(() => publisher.offer(eventAt(0, 1000), 0, 1000)).toThrow('scripted: stopped');
    await expect(publisher.flush()).rejects.toThrow('scripted: stopped');
    const { generated, acknowledged, inFlight } = publisher.ledger.total();
    expect(generated).toBe(acknowledged + inFlight);
    expect(letters).toEqual([]);
    await publisher.close();
  });

  it('a waiting batch is given up when the publisher closes', async () => {
    const { publisher, sink } = setUp(() => 'unsent', { breaker: undefined });
    publisher.offer(eventAt(0, 0), 0, 0);
    const flushed = expect(publisher.flush()).rejects.toThrow('closed');
    await settled();
    await publisher.close();
    await flushed;
    expect(sink.closed).toBe(1);
    expect(publisher.ledger.inFlight).toBe(1);
    expect(() => publisher.offer(eventAt(0, 1), 0, 1)).toThrow('closed');
  });
});

describe('the circuit breaker', () => {
  it('opens after failures in a row, tries one batch, and closes', async () => {
    let answers = false;
    const { timing, publisher, states, sink } = setUp(
      () => (answers ? 'ok' : 'unsent'),
      {
        breaker: { failureThreshold: 3, firstWaitMs: 1_000, longestWaitMs: 1_000 },
        backoff: { firstMs: 10, multiplier: 1, longestMs: 10, retriesPerRound: 9 },
        maxBatchEvents: 4,
      },
      4,
    );
    await offerAll(publisher, events(1, 100));
    const done = publisher.flush();
    while (states.length === 0) await timing.ring();
    expect(states).toEqual(['open']);
    const before = sink.sends.length;
    await timing.advance(990);
    expect(sink.sends.length).toBe(before);
    await timing.advance(20);
    // A single batch asks, and finds out that nothing has changed.
    expect(sink.sends.length).toBe(before + 1);
    expect(states).toEqual(['open', 'halfOpen', 'open']);
    answers = true;
    await timing.advance(1_100);
    await done;
    expect(states).toEqual(['open', 'halfOpen', 'open', 'halfOpen', 'closed']);
    expect(publisher.status()).toMatchObject({ breaker: 'closed', breakerOpenings: 2 });
    expect(sink.delivered.events).toBe(100);
  });

  it('waits longer after each probe that fails, to a limit, and as short as ever after an answer', async () => {
    let answers = false;
    let sequence = 0;
    const { timing, publisher, states } = setUp(() => (answers ? 'ok' : 'unsent'), {
      breaker: { failureThreshold: 1, firstWaitMs: 5_000, longestWaitMs: 12_000 },
    });
    /** Time between the openings of an outage: a probe that fails takes none. */
    const waitsOf = async (openings: number) => {
      const openedMs: number[] = [];
      answers = false;
      publisher.offer(eventAt(0, sequence), 0, sequence++);
      for (let known = states.length; openedMs.length < openings; known = states.length) {
        while (states.length === known) await timing.ring();
        openedMs.push(timing.nowMs());
      }
      answers = true;
      while (states.at(-1) !== 'closed') await timing.ring();
      return openedMs.slice(1).map((ms, index) => ms - openedMs[index]);
    };
    expect(await waitsOf(5)).toEqual([5_000, 7_500, 11_250, 12_000]);
    expect(await waitsOf(2)).toEqual([5_000]);
  });

  it('takes the failures of one lost connection for one', async () => {
    let lost = true;
    const { publisher, states, timing } = setUp(
      () => (lost ? 'unknown' : 'ok'),
      {
        breaker: { failureThreshold: 2, firstWaitMs: 1_000, longestWaitMs: 1_000 },
      },
      4,
    );
    await offerAll(publisher, events(1, 100));
    const done = publisher.flush();
    await settled();
    expect(publisher.status().failures).toBe(4);
    expect(states).toEqual([]);
    lost = false;
    await timing.advance(100);
    await done;
    expect(states).toEqual([]);
  });
});

describe('the buffer', () => {
  it('makes the caller wait until half of it is free when it is full, and takes nothing beyond', async () => {
    const { sink, publisher } = setUp([], { maxBufferEvents: 50 });
    let release = () => {};
    sink.gate = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    let room: true | Promise<void> = true;
    let sequence = 0;
    while (room === true) room = publisher.offer(eventAt(0, sequence), 0, sequence++);
    expect(sequence).toBe(50);
    expect(() => publisher.offer(eventAt(0, 50), 0, 50)).toThrow(/contains 50 of 50/);
    let came = false;
    void room.then(() => {
      came = true;
    });
    await settled();
    expect(came).toBe(false);
    release();
    await settled();
    expect({ inFlight: publisher.ledger.inFlight, came }).toEqual({ inFlight: 34, came: false });
    release();
    await settled();
    expect({ inFlight: publisher.ledger.inFlight, came }).toEqual({ inFlight: 18, came: true });
    expect(publisher.offer(eventAt(0, 50), 0, 50)).toBe(true);
    const flushed = publisher.flush();
    while (publisher.ledger.inFlight > 0) {
      release();
      await settled();
    }
    await flushed;
    expect(sink.stored[0].map(({ eventId }) => eventId)).toEqual(ids(0, 51));
  });

  it('sends what it has when it is full, though no batch is', async () => {
    const { sink, publisher } = setUp([], { maxBufferEvents: 5, batchTimeoutMs: 60_000 });
    await offerAll(publisher, events(1, 23));
    await publisher.flush();
    expect(sink.delivered.events).toBe(23);
  });
});

describe('events that cannot be delivered', () => {
  it('go to the dead letters when they are too large, and hold nobody up', async () => {
    const { sink, publisher, letters } = setUp([]);
    const offered = [
      ...events(1, 40, (region, sequence) =>
        eventAt(region, sequence, 7, sequence % 10 === 3 ? 20_000 : 0),
      ),
    ];
    await offerAll(publisher, offered);
    await publisher.flush();
    expect(letters.map(({ event }) => event.eventId)).toEqual(['0-3', '0-13', '0-23', '0-33']);
    expect(letters[0]).toMatchObject({ category: 'oversized', attempts: 0, partition: 0 });
    expect(letters[0].reason).toMatch(/it takes \d+ bytes, expected at most 10000 in a batch/);
    expect(sink.delivered.events).toBe(36);
    expect(publisher.ledger.total()).toMatchObject({
      generated: 40,
      acknowledged: 36,
      deadLettered: 4,
      inFlight: 0,
      sent: 36,
    });
  });

  it('are found out when the service refuses their batch', async () => {
    const bad = new Set(['0-5', '0-6', '0-21']);
    const letters: DeadLetter[] = [];
    const sink = new ScriptedSink(1, (_, batch) =>
      batch.some(({ eventId }) => bad.has(eventId)) ? 'rejected' : 'ok',
    );
    const publisher = quickPublisher({
      sink,
      partitions: 1,
      memory: briefMemory(),
      deadLetters: { add: (more) => void letters.push(...more) },
    });
    await offerAll(publisher, events(1, 50));
    await publisher.flush();
    expect(letters.map(({ event, category }) => [event.eventId, category])).toEqual(
      [...bad].map((id) => [id, 'rejected']),
    );
    expect(sink.stored[0].map(({ eventId }) => eventId)).toEqual(
      ids(0, 50).filter((id) => !bad.has(id)),
    );
    expect(publisher.ledger.total()).toMatchObject({
      acknowledged: 47,
      deadLettered: 3,
      possiblyRepeated: 0,
      inFlight: 0,
    });
  });

  it('end the publishing where there are no dead letters', async () => {
    const sink = new ScriptedSink(1);
    const publisher = quickPublisher({ sink, partitions: 1, memory: briefMemory() });
    publisher.offer(eventAt(0, 0, 7, 20_000), 0, 0);
    await expect(publisher.flush()).rejects.toThrow('realtime.enable_dead_letter_queue');
    expect(publisher.ledger.inFlight).toBe(1);
  });
});

it('caps the rate where that is asked for', async () => {
  const { sink, timing, publisher } = setUp([], { rateCap: { intervalMs: 1_000, burst: 10 } });
  await offerAll(publisher, events(1, 35));
  const done = publisher.flush();
  const delivered: number[] = [];
  for (let second = 0; second < 4; second++) {
    await settled();
    delivered.push(sink.delivered.events);
    await timing.advance(1_000);
  }
  await done;
  expect(delivered).toEqual([10, 20, 30, 35]);
});
