/** The ledger's equation, whatever is counted. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Counter, COUNTERS, Ledger } from '../../src/delivery/ledger.ts';

const entry = fc.record({
  counter: fc.constantFrom<Counter>(...COUNTERS),
  type: fc.integer({ min: 0, max: 80 }),
  events: fc.integer({ min: 0, max: 1e9 }),
});

it('adds up by type and in total, and restores its saved counters', () => {
  const property = fc.property(fc.array(entry), (entries) => {
    const ledger = new Ledger();
    const copy = new Ledger();
    for (const { counter, type, events } of entries) {
      ledger.add(counter, ledger.typeIndex(`type-${type}`), events);
      if (events % 3 === 0) copy.load(ledger.takeChanges());
    }
    const sum = (wanted: Counter, type?: number) =>
      entries
        .filter((one) => one.counter === wanted && (type === undefined || one.type === type))
        .reduce((total, { events }) => total + events, 0);
    for (const counter of COUNTERS) {
      expect(ledger.total()[counter]).toBe(sum(counter));
      expect(ledger.row('type-7')[counter]).toBe(sum(counter, 7));
    }
    const { generated, acknowledged, deadLettered, inFlight } = ledger.total();
    expect(inFlight).toBe(generated - acknowledged - deadLettered);
    expect(ledger.inFlight).toBe(inFlight);
    copy.load(ledger.takeChanges());
    expect(copy.rows()).toEqual(ledger.rows());
    expect(ledger.takeChanges()).toEqual({});
    copy.forgetInFlight();
    expect(copy.total()).toMatchObject({ acknowledged, deadLettered, inFlight: 0 });
  });
  fc.assert(property, { numRuns: 200 });
  expect(new Ledger().row('never seen').generated).toBe(0);
});
