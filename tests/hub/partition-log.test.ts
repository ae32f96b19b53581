/** A partition against a plain list of events. */
import fc from 'fast-check';
import rhea from 'rhea';
import { expect, it } from 'vitest';
import { BATCH_FORMAT, scanBatch } from '../../src/hub/batch.ts';
import { PartitionLog } from '../../src/hub/partition-log.ts';
import { parseSelector } from '../../src/hub/start-position.ts';

const { message } = rhea;

function batchOf(sizes: readonly number[]) {
  const events = sizes.map((size) =>
    message.encode({ body: message.data_section(Buffer.alloc(size)) }),
  );
  return scanBatch(message.encode({ body: message.data_sections(events) }), BATCH_FORMAT);
}

interface Event {
  readonly sequence: number;
  readonly offset: number;
  readonly enqueuedMs: number;
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('append' as const),
    sizes: fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 6 }),
  }),
  // A clock may be set back.
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: -300, max: 2_000 }) }),
);

it('begins where a search through all its events would', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 6_000 }),
      fc.integer({ min: 1, max: 8_000 }),
      (steps, retentionBytes, retentionMs) => {
        let nowMs = 1_000_000;
        const log = new PartitionLog('0', { bytes: retentionBytes, ms: retentionMs }, () => nowMs);
        const events: Event[] = [];
        let offset = 0;
        for (const { kind, ...rest } of steps) {
          if (kind === 'wait') nowMs += (rest as { ms: number }).ms;
          else {
            const batch = batchOf((rest as { sizes: number[] }).sizes);
            const enqueuedMs = Math.max(nowMs, events.at(-1)?.enqueuedMs ?? 0);
            for (const { start, end } of batch.events) {
              events.push({ sequence: events.length, offset, enqueuedMs });
              offset += end - start;
            }
            log.append(batch);
          }
        }
        log.expire();
        const all = log.all();
        const begin = log.beginSequence;
        const retained = events.slice(begin);
        // What is there is the end of what was stored, not older than allowed, not more than allowed.
        expect(log.nextSequence).toBe(events.length);
        expect(all.reduce((sum, { ends }) => sum + ends.length, 0)).toBe(retained.length);
        expect(retained.every(({ enqueuedMs }) => enqueuedMs >= nowMs - retentionMs)).toBe(true);
        if (all.length > 1) expect(log.retainedBytes).toBeLessThanOrEqual(retentionBytes);
        expect(log.retainedBytes).toBe(all.reduce((sum, { bytes }) => sum + bytes.length, 0));
        for (const comparison of ['>', '>=']) {
          for (const at of [events[0], events[begin], events.at(-1)]) {
            if (at === undefined) continue;
            const more = (a: number, b: number) => (comparison === '>' ? a > b : a >= b);
            for (const shift of [-1, 0, 1]) {
              for (const [name, key] of [
                ['offset', 'offset'],
                ['sequence-number', 'sequence'],
                ['enqueued-time', 'enqueuedMs'],
              ] as const) {
                const bound = at[key] + shift;
                // Behind the last event there is no place to begin.
                const beyond = name !== 'enqueued-time' && bound > (events.at(-1)?.[key] ?? -1);
                if (bound < 0) continue;
                const selector = `amqp.annotation.x-opt-${name} ${comparison} '${bound}'`;
                const expected = retained.find((event) => more(event[key], bound));
                expect(log.isBeyondEnd(parseSelector(selector)!), selector).toBe(beyond);
                expect(log.startOf(parseSelector(selector)!), selector).toBe(
                  expected?.sequence ?? events.length,
                );
              }
            }
          }
        }
        expect(log.startOf(parseSelector("amqp.annotation.x-opt-offset > '-1'")!)).toBe(begin);
        const latest = parseSelector("amqp.annotation.x-opt-offset > '@latest'")!;
        expect(log.startOf(latest)).toBe(events.length);
      },
    ),
    { numRuns: 100 },
  );
});

it('keeps the events that fit, to the byte and to the millisecond', () => {
  let nowMs = 0;
  const batch = batchOf([100]);
  const probe = new PartitionLog('0', { bytes: 1, ms: 1 }, () => 0);
  probe.append(batch);
  // Offsets of the same number of digits, so that all batches are of one size.
  const log = new PartitionLog('0', { bytes: 3 * (probe.retainedBytes + 2), ms: 50 }, () => nowMs);
  for (let n = 0; n < 6; n++) log.append(batch);
  expect(log.beginSequence).toBe(3);
  nowMs = 50;
  log.expire();
  expect(log.beginSequence).toBe(3);
  nowMs = 51;
  log.expire();
  expect(log.beginSequence).toBe(6);
  expect(log.retainedBytes).toBe(0);
});

it('keeps the newest batch, however large it is', () => {
  const log = new PartitionLog('0', { bytes: 10, ms: 1_000 }, () => 0);
  log.append(batchOf([500, 500]));
  expect(log.beginSequence).toBe(0);
  log.append(batchOf([500]));
  expect(log.beginSequence).toBe(2);
});

it('stays small however long it runs', () => {
  const log = new PartitionLog('0', { bytes: 2_000, ms: 1_000 }, () => 0);
  const batch = batchOf([100]);
  for (let n = 0; n < 5_000; n++) log.append(batch);
  expect(log.all().length).toBeLessThan(20);
  expect(log.batchAt(0)?.firstSequence).toBe(log.beginSequence);
  expect(log.batchAt(4_999)?.firstSequence).toBe(4_999);
  expect(log.batchAt(5_000)).toBeUndefined();
});

it.each([
  '',
  'x',
  "amqp.annotation.x-opt-offset < '1'",
  "amqp.annotation.x-opt-offset > 'abc'",
  "amqp.annotation.x-opt-sequence-number > '1.5'",
  "amqp.annotation.x-opt-sequence-number > '1' OR 1=1",
])('does not understand the selector "%s"', (selector) => {
  expect(parseSelector(selector)).toBeUndefined();
});
