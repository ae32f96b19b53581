import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Calendar } from '../../src/engine/calendar.ts';

interface Entry {
  atMs: number;
  sequence: number;
  argument: number;
  ticket: number;
}

/** The obvious calendar: a sorted array. */
class Model {
  entries: Entry[] = [];
  private sequence = 0;

  schedule(atMs: number, argument: number, ticket: number): void {
    this.entries.push({ atMs, sequence: this.sequence++, argument, ticket });
    this.entries.sort((a, b) => a.atMs - b.atMs || a.sequence - b.sequence);
  }

  cancel(ticket: number): void {
    this.entries = this.entries.filter((entry) => entry.ticket !== ticket);
  }
}

const operation = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('schedule'), n: fc.nat(20) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pop'), n: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel'), n: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('popBefore'), n: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore'), n: fc.constant(0) }) },
);

test('a calendar is a sorted array, restored at any time', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
      let calendar = new Calendar();
      const model = new Model();
      const tickets: number[] = [];
      operations.forEach(({ do: what, n }, index) => {
        if (what === 'schedule') {
          const ticket = calendar.schedule(n, index, 7 - index, index / 2);
          expect(tickets).not.toContain(ticket);
          tickets.push(ticket);
          model.schedule(n, index / 2, ticket);
        } else if (what === 'cancel' && tickets.length > 0) {
          const ticket = tickets[n % tickets.length];
          calendar.cancel(ticket);
          model.cancel(ticket);
        } else if (what === 'restore') {
          calendar = Calendar.restore(structuredClone(calendar.save()));
        } else if (what === 'pop' || what === 'popBefore') {
          const untilMs = what === 'pop' ? Infinity : n;
          const due = model.entries[0]?.atMs < untilMs ? model.entries.shift() : undefined;
          const popped = what === 'pop' ? calendar.pop() : calendar.popBefore(untilMs);
          expect(popped).toBe(due !== undefined);
          if (due !== undefined) {
            const { atMs, target, signal, argument } = calendar;
            expect([atMs, argument]).toEqual([due.atMs, due.argument]);
            expect([target, signal]).toEqual([argument * 2, 7 - argument * 2]);
          }
        }
        expect(calendar.size).toBe(model.entries.length);
        expect(calendar.peekMs()).toBe(model.entries[0]?.atMs ?? Infinity);
      });
    }),
    { numRuns: 200, seed: 1 },
  );
});

describe('calendar', () => {
  test('entries of the same time come in the order in which they were scheduled', () => {
    const calendar = new Calendar();
    for (let n = 0; n < 1000; n++) calendar.schedule(n % 3, n, 0, 0);
    const order: number[] = [];
    while (calendar.pop()) order.push(calendar.target);
    const expected = [0, 1, 2].flatMap((ms) =>
      Array.from({ length: 1000 }, (_, n) => n).filter((n) => n % 3 === ms),
    );
    expect(order).toEqual(expected);
  });

  test('a used ticket cancels nothing, not even the entry that has its slot now', () => {
    const calendar = new Calendar();
    const used = calendar.schedule(1, 1, 0, 0);
    calendar.pop();
    calendar.schedule(2, 2, 0, 0);
    calendar.cancel(used);
    calendar.cancel(0);
    expect(calendar.size).toBe(1);
  });

  test('sweeps out cancelled entries when they outnumber the others, and keeps these in order', () => {
    const calendar = new Calendar();
    const timeOf = (n: number): number => (n * 7919) % 1009;
    const tickets = Array.from({ length: 10_000 }, (_, n) => calendar.schedule(timeOf(n), n, 0, 0));
    tickets.forEach((ticket, n) => {
      if (n % 20 !== 0) calendar.cancel(ticket);
    });
    expect(calendar.size).toBe(500);
    expect(calendar.save().heapMs.length).toBeLessThan(1000);
    const kept: number[] = [];
    while (calendar.pop()) kept.push(calendar.target);
    const expected = Array.from({ length: 500 }, (_, index) => index * 20);
    expect(kept).toEqual(expected.sort((a, b) => timeOf(a) - timeOf(b) || a - b));
  });

  test('keeps order and payload through growth', () => {
    const calendar = new Calendar();
    for (let n = 0; n < 10_000; n++) calendar.schedule((n * 7919) % 10_007, n, n, n + 0.5);
    let lastMs = -1;
    while (calendar.pop()) {
      expect(calendar.atMs).toBeGreaterThan(lastMs);
      lastMs = calendar.atMs;
      expect(calendar.argument).toBe(calendar.signal + 0.5);
    }
  });

  test.each([Number.NaN, Infinity, -Infinity])('refuses to schedule at %d', (atMs) => {
    expect(() => new Calendar().schedule(atMs, 1, 0, 0)).toThrow(`Cannot schedule an entry at`);
  });
});
