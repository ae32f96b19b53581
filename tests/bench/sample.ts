/** Rows for the benches of the output. */
import { blankRecord } from '../../src/domain/columns.ts';
import { type FactRecord, FACTS } from '../../src/domain/facts.ts';
import { idBase } from '../../src/domain/ids.ts';
import { ZONES } from '../../src/domain/values.ts';

const STORES = 42;
export const TABLES = [
  'ble_pings',
  'receipt_lines',
  'store_inventory_txn',
  'zone_changes',
] as const;
export type SampleTable = (typeof TABLES)[number];
export type Sample = { readonly [Name in SampleTable]: readonly FactRecord<Name>[] };

/** A record made as regions make theirs. Node 20 reads objects made by spreading several times slower. */
function like<Name extends SampleTable>(table: Name, values: FactRecord<Name>): FactRecord<Name> {
  return Object.assign(blankRecord(FACTS[table].columns) as FactRecord<Name>, values);
}

/** Rows of four busy tables, the same number of each, as an afternoon of 42 stores would bring them. */
export function sample(rowsPerTable: number): Sample {
  const lists: { [Name in SampleTable]: FactRecord<Name>[] } = {
    ble_pings: [],
    receipt_lines: [],
    store_inventory_txn: [],
    zone_changes: [],
  };
  let eventMs = Date.UTC(2024, 2, 1, 17);
  for (let n = 0; n < rowsPerTable; n++) {
    eventMs += (n * 7919) % 401;
    const storeId = 1 + ((n * 31) % STORES);
    const sequence = 90_000 + ((n * 17) % 3000);
    const sessionId = idBase('session', storeId) + sequence;
    const receiptId = idBase('receipt', storeId) + sequence;
    const common = { traceId: sessionId, eventMs, storeId, sessionId };
    const productId = 1 + ((n * 37) % 9000);
    const bleCustomerId = 1 + ((n * 7001) % 80_000);
    const zone = n % ZONES.length;
    const beaconId = idBase('beacon', storeId) + zone;
    const rssiDbm = -40 - (n % 50);
    lists.ble_pings.push(like('ble_pings', { ...common, beaconId, bleCustomerId, rssiDbm, zone }));
    const extPriceCents = 199 + ((n * 7919) % 20_000);
    lists.receipt_lines.push(
      like('receipt_lines', {
        traceId: sessionId,
        eventMs,
        receiptId,
        line: 1 + (n % 12),
        productId,
        qty: 1 + (n % 3),
        unitPriceCents: extPriceCents,
        extPriceCents: extPriceCents * (1 + (n % 3)),
        promoCode: n % 5 === 0 ? 'W09-GROCERY-T1' : '',
        storeId,
        taxCents: n % 900,
      }),
    );
    lists.store_inventory_txn.push(
      like('store_inventory_txn', {
        traceId: sessionId,
        eventMs,
        storeId,
        productId,
        qtyDelta: -1 - (n % 3),
        reason: 5,
        source: 0,
        balance: (n * 13) % 200,
        shelfDelta: -1 - (n % 3),
        shelfBalance: (n * 7) % 24,
        recordedBalance: (n * 13) % 200,
      }),
    );
    const toZone = (n + 1) % ZONES.length;
    lists.zone_changes.push(
      like('zone_changes', { ...common, bleCustomerId, fromZone: zone, toZone }),
    );
  }
  return lists;
}
