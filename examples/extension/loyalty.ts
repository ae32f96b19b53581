/**
 * An extension: a loyalty program. A desk in each store books the points of every receipt at closing time, in a table of
 * its own; receipts get a column with the points; scenarios may multiply them.
 */
import { setup } from 'xstate';
import { z } from 'zod';
import {
  columns,
  defineExtension,
  extensionFact,
  type ExtensionRegion,
  type SavedState,
} from 'synthetic-retail/extension';

const { at, customer, int, receipt, store, trace } = columns;
const DAY_MS = 86_400_000;

const facts = {
  loyalty_points: extensionFact({
    about: 'Points that a customer got for a receipt, booked in the evening.',
    columns: [trace, at, store, customer, receipt, int('Points', 'points', 'Points booked.')],
    key: ['ReceiptId'],
    event: {
      types: [{ when: [], gives: 'loyalty_points_booked' }],
      parents: [{ when: [], gives: { table: 'receipts', id: ['ReceiptId'] } }],
      correlation: [{ when: [], gives: 'TraceId' }],
      partition: [{ when: [], gives: { entity: 'store', id: 'StoreID' } }],
    },
    volume: { rows: { receipt: 1 }, bytesPerRow: 60 },
  }),
};

const added = {
  receipts: [int('Points', 'points', 'Loyalty points of the receipt.')],
} as const;

/** When the desk books: once a day, an hour before midnight UTC. */
const loyaltyDesk = setup({
  types: {} as { context: Desk; input: Desk },
  actions: { book: ({ context }) => context.book() },
  delays: { untilBooking: ({ context }) => context.untilBookingMs() },
}).createMachine({
  id: 'loyaltyDesk',
  context: ({ input }) => input,
  initial: 'collecting',
  states: {
    collecting: {
      after: { untilBooking: { target: 'collecting', reenter: true, actions: 'book' } },
    },
  },
});

type Slip = {
  readonly traceId: number;
  readonly customerId: number;
  readonly receiptId: number;
  readonly points: number;
};

/** How the desk books: what it has collected. */
class Desk {
  handle = 0;
  slips: Slip[] = [];
  private readonly region: ExtensionRegion<typeof facts>;
  private readonly storeId: number;

  constructor(region: ExtensionRegion<typeof facts>, storeId: number) {
    this.region = region;
    this.storeId = storeId;
  }

  untilBookingMs(): number {
    const sinceMs = (this.region.nowMs + DAY_MS / 24) % DAY_MS;
    return DAY_MS - sinceMs;
  }

  book(): void {
    for (const slip of this.slips) {
      this.region.emit('loyalty_points', { ...slip, storeId: this.storeId });
    }
    this.slips = [];
  }
}

export default defineExtension({
  name: 'loyalty',
  version: 1,
  facts,
  columns: added,
  effects: {
    loyaltyBonus: {
      about: 'Points of receipts.',
      places: 'stores',
      settings: { factor: z.number({ error: 'a number' }).min(0, { error: 'a number from 0' }) },
    },
  },
  checks: [
    {
      statement: 'The points of a receipt are booked as they are printed on it.',
      sql: `SELECT l.ReceiptId, l.Points, r.Points AS Printed
            FROM loyalty_points l JOIN receipts r USING (ReceiptId) WHERE l.Points <> r.Points`,
    },
  ],
  statecharts: [loyaltyDesk],
  open(region) {
    const desks = region.plan.stores.map(({ id }) => new Desk(region, id));
    const byStore = new Map(region.plan.stores.map(({ id }, index) => [id, desks[index]]));
    const factorAt = (storeId: number) =>
      region.effects
        .holding('loyaltyBonus', storeId, region.nowMs)
        .reduce((factor, { settings }) => factor * Number(settings.factor), 1);
    return {
      before: {
        // A point for each whole dollar.
        receipts: (record) => {
          record.points = Math.floor((record.totalCents / 100) * factorAt(record.storeId));
        },
      },
      after: {
        receipts: ({ traceId, storeId, customerId, receiptId, points }) => {
          byStore.get(storeId)?.slips.push({ traceId, customerId, receiptId, points });
        },
      },
      begin() {
        for (const desk of desks) desk.handle = region.start(loyaltyDesk, desk);
      },
      save: () => ({ desks: desks.map(({ handle, slips }) => ({ handle, slips })) }),
      restore(saved: SavedState) {
        for (const [index, kept] of saved.json<Desk[]>('desks').entries()) {
          desks[index].handle = kept.handle;
          desks[index].slips = kept.slips;
        }
      },
      actors: () => desks,
    };
  },
});
