import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACT_NAMES, type FactName, type FactRecord } from '../../src/domain/facts.ts';
import { envelopeOf } from '../../src/envelopes/envelope.ts';
import { envelopeSink } from '../../src/envelopes/envelope-sink.ts';
import type { OutgoingEvent } from '../../src/envelopes/outgoing-event.ts';
import { payloadColumns, payloadKey } from '../../src/envelopes/payload.ts';
import { factOf } from './fact-arbitraries.ts';

const WORLD_ID = '0123456789abcdef';
const clock = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });

/** Events of facts of one table, each made at its own time of the wall clock. */
function eventsOf<Name extends FactName>(
  table: Name,
  made: readonly (readonly [FactRecord<Name>, number])[],
): OutgoingEvent[] {
  const events: OutgoingEvent[] = [];
  let ingestMs = 0;
  const sink = envelopeSink((event) => events.push(event), {
    worldId: WORLD_ID,
    ingestMs: () => ingestMs,
  });
  for (const [record, atMs] of made) {
    ingestMs = atMs;
    sink[table](record);
  }
  return events;
}

describe.each(FACT_NAMES)('the encoder of %s', (table) => {
  it('writes what JSON.stringify writes of the envelope, but money with two decimals', () => {
    const some = fc.array(fc.tuple(factOf(table), clock), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(some, (made) => {
        const events = eventsOf(table, made);
        expect(events).toHaveLength(made.length);
        for (const [index, [record, ingestMs]] of made.entries()) {
          const { body, ...rest } = events[index];
          const envelope = envelopeOf(table, record, ingestMs, WORLD_ID);
          const text = body.toString();
          // The order of keys is compared as well.
          expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(envelope));
          expect(rest).toEqual({
            eventId: envelope.event_id,
            worldId: WORLD_ID,
            eventType: envelope.event_type,
            partitionKey: envelope.partition_key,
            eventMs: record.eventMs,
          });
          const payload = text.slice(text.indexOf('"payload":'));
          for (const { name, type } of payloadColumns(table)) {
            if (type !== 'money') continue;
            expect(payload).toMatch(new RegExp(`"${payloadKey(table, name)}":-?\\d+\\.\\d\\d[,}]`));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the bodies of events', () => {
  it("may be kept: later events don't change their bytes", () => {
    const facts = fc.array(fc.tuple(factOf('supply_chain_disruption'), clock), {
      minLength: 300,
      maxLength: 300,
    });
    fc.assert(
      fc.property(facts, (made) => {
        const copies: string[] = [];
        const bodies: Buffer[] = [];
        let ingestMs = 0;
        const sink = envelopeSink(
          ({ body }) => {
            bodies.push(body);
            copies.push(body.toString('latin1'));
          },
          { worldId: WORLD_ID, ingestMs: () => ingestMs },
        );
        for (const [record, atMs] of made) {
          ingestMs = atMs;
          sink.supply_chain_disruption(record);
        }
        const slabs = new Set(bodies.map(({ buffer }) => buffer));
        expect(slabs.size).toBeGreaterThan(1);
        expect(bodies.map((body) => body.toString('latin1'))).toEqual(copies);
      }),
      { numRuns: 5 },
    );
  });

  it('may be larger than a slab', () => {
    const [[record]] = fc.sample(fc.tuple(factOf('supply_chain_disruption')), 1);
    const long = { ...record, description: '"\u0001'.repeat(40_000) };
    const [event] = eventsOf('supply_chain_disruption', [[long, 0]]);
    expect(JSON.parse(event.body.toString()).payload.description).toBe(long.description);
  });
});

describe('a sink of some types', () => {
  it('creates events of only these types', () => {
    const types: string[] = [];
    const sink = envelopeSink(({ eventType }) => types.push(eventType), {
      worldId: WORLD_ID,
      ingestMs: () => 0,
      types: new Set(['truck_arrived', 'store_opened']),
    });
    fc.assert(
      fc.property(factOf('truck_moves'), factOf('store_ops'), factOf('receipts'), (...facts) => {
        types.length = 0;
        const [move, operation, receipt] = facts;
        sink.truck_moves(move);
        sink.store_ops(operation);
        sink.receipts(receipt);
        const expected = [
          ...(move.status === 3 ? ['truck_arrived'] : []),
          ...(operation.operation === 0 ? ['store_opened'] : []),
        ];
        expect(types).toEqual(expected);
      }),
    );
  });
});
