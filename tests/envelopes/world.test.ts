/** A world's whole stream: every event valid, unique, and after its cause. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleWorld, exampleWorldId, runExample } from '../../docs/example-world.ts';
import { FACT_NAMES, type FactName } from '../../src/domain/facts.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import type { Envelope } from '../../src/envelopes/envelope.ts';
import { envelopeSink } from '../../src/envelopes/envelope-sink.ts';
import type { OutgoingEvent } from '../../src/envelopes/outgoing-event.ts';
import type { EventType } from '../../src/envelopes/events.ts';
import { EVENT_TYPES } from '../../src/domain/event-rules.ts';
import { envelopeSchema } from '../../src/envelopes/schemas.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';

interface Seen {
  readonly type: EventType;
  readonly parent: string | null;
  readonly atMs: number;
}

const INGEST_MS = Date.UTC(2026, 0, 1);
const LOCATION_TYPES: Readonly<Record<string, string>> = {
  store_inventory_txn: 'STORE',
  dc_inventory_txn: 'DC',
  truck_inventory: 'TRUCK',
};
const seen = new Map<string, Seen>();
const tables = new Set<FactName>();
/** `receipt_created <- customer_entered` */
const links = new Set<string>();
const faults: string[] = [];
let facts = 0;

function note(event: OutgoingEvent): void {
  const envelope = JSON.parse(event.body.toString()) as Envelope;
  const { event_id: id, event_type: type, parent_event_id: parent } = envelope;
  const cause = parent === null ? undefined : seen.get(parent);
  if (parent !== null && cause === undefined)
    faults.push(`${id}: parent ${parent} is not known yet`);
  if (cause !== undefined && cause.atMs > event.eventMs)
    faults.push(`${id}: earlier than ${parent}`);
  if (seen.has(id)) faults.push(`${id}: there already`);
  const stock = LOCATION_TYPES[id.split(':')[0]];
  if (envelope.payload.location_type !== stock) faults.push(`${id}: not the stock of ${stock}`);
  const checked = schemas.get(type)!.safeParse(envelope);
  if (!checked.success) faults.push(`${id}: ${checked.error.message}`);
  links.add(`${type} <- ${cause?.type ?? 'nothing'}`);
  seen.set(id, { type, parent, atMs: event.eventMs });
}

const schemas = new Map(EVENT_TYPES.map((type) => [type, envelopeSchema(type)]));

/** Types from an event up to the one that started it all. */
function chainOf(id: string): EventType[] {
  const types: EventType[] = [];
  for (let at: string | null = id; at !== null; at = seen.get(at)!.parent) {
    types.push(seen.get(at)!.type);
  }
  return types;
}

beforeAll(() => {
  const sink = envelopeSink(note, { worldId: exampleWorldId(), ingestMs: () => INGEST_MS });
  runExample((table, record) => {
    facts++;
    tables.add(table);
    sink[table](record);
  });
});

describe('the stream of a world', () => {
  it('has one event for every fact, of all tables and types', () => {
    expect([...tables].sort()).toEqual([...FACT_NAMES].sort());
    expect(seen.size).toBe(facts);
    const types = new Set([...seen.values()].map(({ type }) => type));
    expect([...types].sort()).toEqual([...EVENT_TYPES].sort());
  });

  it('holds valid events with ids of their own, each after its parent', () => {
    expect(faults).toEqual([]);
  });

  it('has every link of the chain', () => {
    expect([...links]).toEqual(
      expect.arrayContaining([
        'customer_entered <- ad_impression',
        'customer_entered <- online_order_status_changed',
        'receipt_created <- customer_entered',
        'inventory_updated <- receipt_created',
        'inventory_updated <- online_order_picked',
        'stockout_detected <- inventory_updated',
        'record_error_made <- receipt_created',
        'record_error_made <- inventory_updated',
        'record_error_made <- truck_status_changed',
        'shelf_found_empty <- customer_entered',
        'reorder_triggered <- stockout_detected',
        'truck_status_changed <- reorder_triggered',
        'truck_departed <- truck_status_changed',
        'inventory_updated <- reorder_triggered',
        'visit_attributed <- ad_impression',
        'ad_clicked <- ad_impression',
        'online_order_created <- ad_impression',
        'return_processed <- receipt_line_added',
        'disruption_recovered <- disruption_started',
        'store_closed <- store_opened',
      ]),
    );
  });

  it('begins chains only at facts without a cause in the world', () => {
    const roots = [...links].flatMap((link) =>
      link.endsWith('<- nothing') ? [link.split(' ')[0]] : [],
    );
    expect(roots.sort()).toEqual([
      'ad_impression',
      'customer_entered',
      'disruption_started',
      'inventory_updated',
      'online_order_created',
      'reorder_triggered',
      'shelf_filled',
      'stock_counted',
      'store_opened',
      'weather_observed',
    ]);
  });

  it.each([
    ['an ad to a receipt', 'receipt_created', 'ad_impression > customer_entered > receipt_created'],
    [
      'a shopper to a truck on the road',
      'truck_departed',
      'customer_entered > receipt_created > inventory_updated > stockout_detected > ' +
        'reorder_triggered > truck_status_changed > truck_status_changed > truck_departed',
    ],
  ])('leads from %s', (_what, last, chain) => {
    const chains = [...seen]
      .filter(([, { type }]) => type === last)
      .map(([id]) => chainOf(id).reverse().join(' > '));
    expect(new Set(chains)).toContain(chain);
  });
});

/** Digest of the events of one region, made at a time of the wall clock, with a break or without. */
function digestOf(ingestMs: number, breakMs?: number, keep = (body: string) => body): string {
  const digest = createHash('sha256');
  const sink = envelopeSink(({ body }) => digest.update(keep(body.toString('latin1'))), {
    worldId: exampleWorldId(),
    ingestMs: () => ingestMs,
  });
  const { world, effects, openRegion } = exampleWorld();
  const endMs = world.startMs + 3 * DAY_MS;
  let simulation = openRegion(0, sink);
  if (breakMs !== undefined) {
    simulation.advance(world.startMs + breakMs);
    const saved = structuredClone(simulation.save());
    const options = { world, plan: world.regions[0], effects, facts: sink };
    simulation = RegionSimulation.restore(options, saved);
  }
  simulation.advance(endMs);
  return digest.digest('hex');
}

describe('a stream that is made again', () => {
  const whole = digestOf(INGEST_MS);

  it('has the same bytes, whatever break there was', () => {
    expect(digestOf(INGEST_MS, 2.6 * DAY_MS)).toBe(whole);
  });

  it('differs only in ingest_timestamp', () => {
    const withoutClock = (body: string) => body.replace(/"ingest_timestamp":"[^"]*"/, '');
    expect(digestOf(INGEST_MS + 1)).not.toBe(whole);
    expect(digestOf(INGEST_MS + 1, undefined, withoutClock)).toBe(
      digestOf(INGEST_MS, undefined, withoutClock),
    );
  });
});
