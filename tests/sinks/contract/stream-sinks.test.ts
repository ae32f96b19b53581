/** What every sink of a stream must do. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { blackholeSink } from '../../../src/sinks/blackhole/stream-blackhole.ts';
import { EventHubsSink } from '../../../src/sinks/event-hubs/event-hubs.ts';
import { ndjsonSink } from '../../../src/sinks/ndjson/ndjson.ts';
import { stdoutSink } from '../../../src/sinks/stdout/stdout.ts';
import type { OutgoingEvent } from '../../../src/envelopes/outgoing-event.ts';
import { DeliveryFailure, type StreamSink } from '../../../src/delivery/stream-sink.ts';
import { stored, testHub } from '../../hub/clients.ts';
import { fullDisk } from '../failing-files.ts';
import { connectionTo, eventAt, temporaryFolder } from '../../delivery/fixtures.ts';

interface Subject {
  readonly sink: StreamSink;
  /** Bodies that arrived in a partition; undefined if the sink keeps none. */
  readonly arrived: ((partition: number) => unknown[]) | undefined;
  /** Makes the next send fail. */
  readonly breakDown: (() => void) | undefined;
}

async function eventHubs(): Promise<Subject> {
  const hub = await testHub();
  const connection = connectionTo(hub.connectionString('retail-events'));
  return {
    sink: new EventHubsSink({ connection, sendTimeoutMs: 2_000 }),
    arrived: (partition) => stored(hub, partition),
    breakDown: () => hub.faults.next({ kind: 'busy' }),
  };
}

async function ndjson(): Promise<Subject> {
  const file = path.join(temporaryFolder(), 'events.ndjson');
  let full = false;
  const port = fullDisk(Number.MAX_SAFE_INTEGER);
  const failing = fullDisk(10);
  const writeSync: typeof port.writeSync = (...write) =>
    (full ? failing : port).writeSync(...write);
  return {
    sink: ndjsonSink(file, { ...port, writeSync }),
    arrived: () => lines(readFileSync(file, 'utf8')),
    breakDown: () => {
      full = true;
    },
  };
}

async function stdout(): Promise<Subject> {
  let text = '';
  let broken = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (broken) return done(new Error('EPIPE'));
      text += chunk;
      setImmediate(done);
    },
  });
  output.on('error', () => {});
  return {
    sink: stdoutSink(output),
    arrived: () => lines(text),
    breakDown: () => {
      broken = true;
    },
  };
}

async function blackhole(): Promise<Subject> {
  return { sink: blackholeSink(), arrived: undefined, breakDown: undefined };
}

function lines(text: string): unknown[] {
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

const bodies = (batch: readonly OutgoingEvent[]) =>
  batch.map(({ body }) => JSON.parse(body.toString()));
const batchOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => eventAt(1, from + index));

describe.each([
  ['event-hubs', eventHubs],
  ['ndjson', ndjson],
  ['stdout', stdout],
  ['blackhole', blackhole],
])('%s sink', (name, make) => {
  it('has its name, opens, and tells its partitions', async () => {
    const { sink } = await make();
    expect(sink.name).toBe(name);
    expect(await sink.open()).toBeGreaterThanOrEqual(1);
    expect(sink.maxBatchBytes).toBeGreaterThan(100_000);
    await sink.close();
  });

  it('delivers batches whole and in order, before it says so', async () => {
    const { sink, arrived } = await make();
    const partitions = await sink.open();
    const last = partitions - 1;
    await sink.send(last, batchOf(0, 10));
    if (arrived !== undefined) expect(arrived(last)).toEqual(bodies(batchOf(0, 10)));
    await sink.send(last, batchOf(10, 300));
    if (arrived !== undefined) expect(arrived(last)).toEqual(bodies(batchOf(0, 300)));
    await sink.close();
  });

  it('counts what is delivered, and only then', async () => {
    const { sink } = await make();
    await sink.open();
    const batch = batchOf(0, 20);
    const sending = sink.send(0, batch);
    expect(sink.delivered.events).toBeLessThanOrEqual(name === 'blackhole' ? 20 : 0);
    await sending;
    const bytes = batch.reduce((sum, { body }) => sum + body.length, 0);
    expect(sink.delivered).toEqual({ events: 20, bytes });
    await sink.send(0, []);
    expect(sink.delivered.events).toBe(20);
    await sink.close();
  });

  it('counts nothing that failed, and leaves no part of it', async () => {
    const { sink, arrived, breakDown } = await make();
    if (breakDown === undefined || arrived === undefined) return;
    await sink.open();
    await sink.send(0, batchOf(0, 3));
    breakDown();
    await expect(sink.send(0, batchOf(3, 6))).rejects.toBeInstanceOf(DeliveryFailure);
    expect(sink.delivered.events).toBe(3);
    expect(arrived(0)).toEqual(bodies(batchOf(0, 3)));
    await sink.close();
  });

  it('tells the size of an event within a batch, never too small', async () => {
    const { sink } = await make();
    await sink.open();
    const event = eventAt(1, 0, 7, 10_000);
    expect(sink.sizeOf(event)).toBeGreaterThanOrEqual(event.body.length);
    await sink.close();
  });

  it('refuses before it is open and after it is closed, and closes twice', async () => {
    const { sink } = await make();
    await expect(sink.send(0, batchOf(0, 1))).rejects.toMatchObject({ kind: 'stopped' });
    await sink.open();
    await sink.send(0, batchOf(0, 1));
    await sink.close();
    await sink.close();
    await expect(sink.send(0, batchOf(0, 1))).rejects.toMatchObject({ kind: 'stopped' });
  });
});
