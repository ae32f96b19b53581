/** What every sink of a stream must do: the suite that each registered one passes, and one of your own should. */
import { describe, expect, it } from 'vitest';
import {
  DeliveryFailure,
  type FailureKind,
  type StreamSink,
} from '../../../src/delivery/stream-sink.ts';
import type { OutgoingEvent } from '../../../src/envelopes/outgoing-event.ts';
import { eventAt } from '../../delivery/fixtures.ts';

export interface Subject {
  readonly sink: StreamSink;
  /** Another one to the same place, as a process has that goes on with the stream. */
  readonly next: () => StreamSink;
  /** Bodies that arrived in a partition; undefined if the sink keeps none. */
  readonly arrived: ((partition: number) => unknown[]) | undefined;
  /** Makes the next send fail, by the category that it is then refused with. */
  readonly refusals: Readonly<Partial<Record<FailureKind, () => void>>>;
}

const KEYS = Array.from({ length: 500 }, (_, index) => `store-${index}`);
const bodies = (batch: readonly OutgoingEvent[]) =>
  batch.map(({ body }) => JSON.parse(body.toString()));
const batchOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => eventAt(1, from + index));

/** @param make a sink that is not opened yet; called for each test */
export function describeStreamSink(name: string, make: () => Promise<Subject>): void {
  describe(`${name} sink`, () => {
    it('has its name, opens, and returns its number of partitions', async () => {
      const { sink } = await make();
      expect(sink.name).toBe(name);
      expect(await sink.open()).toBeGreaterThanOrEqual(1);
      expect(sink.maxBatchBytes).toBeGreaterThan(100_000);
      await sink.close();
    });

    it('acknowledges batches only when they are completely stored, in order', async () => {
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
      const { sink, arrived } = await make();
      await sink.open();
      const batch = batchOf(0, 20);
      const sending = sink.send(0, batch);
      // Nothing is left to wait for where nothing is kept.
      expect(sink.delivered.events).toBeLessThanOrEqual(arrived === undefined ? 20 : 0);
      await sending;
      const bytes = batch.reduce((sum, { body }) => sum + body.length, 0);
      expect(sink.delivered).toEqual({ events: 20, bytes });
      await sink.send(0, []);
      expect(sink.delivered.events).toBe(20);
      await sink.close();
    });

    it('refuses by category, counts nothing that failed, and leaves no part of it', async () => {
      const { refusals } = await make();
      for (const kind of Object.keys(refusals) as FailureKind[]) {
        const subject = await make();
        const { sink, arrived } = subject;
        await sink.open();
        await sink.send(0, batchOf(0, 3));
        subject.refusals[kind]?.();
        const refused = await sink.send(0, batchOf(3, 6)).catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(DeliveryFailure);
        expect(refused).toMatchObject({ kind, message: expect.stringMatching(/\w/) });
        expect(sink.delivered.events).toBe(3);
        // One whose answer is lost may be there, but only whole.
        const isThere = kind === 'unknown' && arrived?.(0).length === 6;
        expect(arrived?.(0)).toEqual(bodies(batchOf(0, isThere ? 6 : 3)));
        await sink.close();
      }
    });

    it('gives each key one of its partitions, the same in the next process, and uses them all', async () => {
      const { sink, next } = await make();
      const partitions = await sink.open();
      const given = KEYS.map((key) => sink.partitionOf(key));
      for (const partition of given) {
        expect(Number.isInteger(partition) && partition >= 0 && partition < partitions).toBe(true);
      }
      expect(new Set(given).size).toBe(partitions);
      expect(KEYS.map((key) => sink.partitionOf(key))).toEqual(given);
      await sink.close();
      const later = next();
      expect(await later.open()).toBe(partitions);
      expect(KEYS.map((key) => later.partitionOf(key))).toEqual(given);
      await later.close();
    });

    it('continues after existing events', async () => {
      const { sink, next, arrived } = await make();
      await sink.open();
      await sink.send(0, batchOf(0, 5));
      await sink.close();
      const later = next();
      await later.open();
      await later.send(0, batchOf(5, 9));
      await later.close();
      if (arrived !== undefined) expect(arrived(0)).toEqual(bodies(batchOf(0, 9)));
    });

    it('returns the size of an event within a batch, never too small', async () => {
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
}

/** Lines of JSON, each whole. */
export function linesOf(text: string): unknown[] {
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
