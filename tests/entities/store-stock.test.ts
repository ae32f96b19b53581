/** The stock of a store: shelf, backroom and record, and what its movements say of them. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FACT_NAMES, type FactSink, factScratch } from '../../src/domain/facts.ts';
import { COUNT_KIND, REASON, RECORD_ERROR, SOURCE } from '../../src/domain/values.ts';
import { SavedState } from '../../src/entities/state.ts';
import { StoreStock } from '../../src/entities/store-stock.ts';

type Row = Readonly<Record<string, number | string>>;
let rows: { table: string; row: Row }[] = [];
let stock: StoreStock;

/** Of product 1: 10 units in the store, 4 of them on a shelf for 6; the record says 12. */
function newStock(): StoreStock {
  const facts = Object.fromEntries(
    FACT_NAMES.map((table) => [table, (row: Row) => rows.push({ table, row: { ...row } })]),
  ) as unknown as FactSink;
  return new StoreStock({
    ...{ nodeId: 3, facts, scratch: factScratch() },
    opening: {
      units: Int32Array.of(10, -1),
      reorderPoint: Int32Array.of(5, 0),
      leastReorderPoint: Int32Array.of(1, 0),
      forecast: Float64Array.of(2, 0),
      demandToday: Int32Array.of(0, 0),
    },
    shelves: {
      capacity: Int32Array.of(6, 0),
      units: Int32Array.of(4, 0),
      recorded: Int32Array.of(12, 0),
    },
    casePack: Int32Array.of(3, 3),
  });
}

const last = (table: string) => rows.findLast((one) => one.table === table)?.row;

beforeEach(() => {
  rows = [];
  stock = newStock();
});

describe('shoppers', () => {
  it('see the shelf alone, without what is in carts', () => {
    expect(stock.onShelf(0)).toBe(4);
    stock.held.set(0, 3);
    expect(stock.onShelf(0)).toBe(1);
    expect(stock.backroom(0)).toBe(6);
  });

  it('leave what is promised to online orders', () => {
    stock.held.set(0, 8);
    stock.committed.set(0, 8);
    expect(stock.onShelf(0)).toBe(2);
  });

  it('empty a shelf although the backroom is full: a stockout', () => {
    stock.move(1000, 0, -4, REASON.sale, SOURCE.pos, 7);
    expect(last('store_inventory_txn')).toMatchObject({
      ...{ qtyDelta: -4, balance: 6, shelfDelta: -4, shelfBalance: 0, recordedBalance: 8 },
    });
    expect(last('stockouts')).toMatchObject({
      ...{ storeId: 3, productId: 1, lastKnownQuantity: 4 },
      ...{ backroomQuantity: 6, recordedQuantity: 8, onOrderQuantity: 0, cause: 0 },
    });
    expect(stock.outOfStock).toBe(1);
  });

  it('can take no more than is on the shelf', () => {
    expect(() => stock.move(1000, 0, -5, REASON.sale, SOURCE.pos, 7)).toThrow(
      'Cannot take 5 units of product 1 from its shelf at store 3: 4 are there, and 5 in the store',
    );
  });
});

describe('pickers', () => {
  it('take from the shelf what is in no cart, and the rest from the backroom', () => {
    stock.held.set(0, 3);
    stock.move(1000, 0, -5, REASON.sale, SOURCE.online, 7);
    expect(last('store_inventory_txn')).toMatchObject({
      ...{ qtyDelta: -5, balance: 5, shelfDelta: -1, shelfBalance: 3 },
    });
    expect(stock.backroom(0)).toBe(2);
  });
});

describe('what comes in', () => {
  it('goes to the backroom', () => {
    stock.onOrder.set(0, 12);
    stock.receive(1000, 0, 12, 9);
    expect(last('store_inventory_txn')).toMatchObject({
      ...{ qtyDelta: 12, balance: 22, shelfDelta: 0, shelfBalance: 4, recordedBalance: 24 },
    });
    expect(last('record_errors')).toBeUndefined();
    expect(stock.onOrder.at(0)).toBe(0);
  });

  it('may be miscounted: the record takes in more than came', () => {
    stock.receiveMiscounted(1000, 0, { units: 12, miscount: 6 }, 9);
    expect(last('store_inventory_txn')).toMatchObject({ balance: 22, recordedBalance: 30 });
    expect(last('record_errors')).toMatchObject({
      ...{ traceId: 9, kind: RECORD_ERROR.miscount, deviation: 6, recordedBalance: 30 },
    });
  });

  it('is brought to the shelf, which is then no longer out of stock', () => {
    stock.move(1000, 0, -4, REASON.sale, SOURCE.pos, 7);
    stock.fill(2000, 0, 5, 8);
    expect(last('shelf_fills')).toMatchObject({
      ...{ traceId: 8, productId: 1, qty: 5, shelfBalance: 5, backroomBalance: 1 },
    });
    expect(stock.outOfStock).toBe(0);
  });
});

describe('a shelf', () => {
  it('is low at half its capacity, or when a case fits, if the backroom has goods', () => {
    expect([...stock.low]).toEqual([0, 0]);
    stock.move(1000, 0, -1, REASON.sale, SOURCE.pos, 7);
    expect([...stock.low]).toEqual([1, 0]);
    stock.fill(2000, 0, 2, 8);
    expect([...stock.low]).toEqual([0, 0]);
    // An empty shelf, with four units in the backroom and then none.
    stock.move(3000, 0, -5, REASON.sale, SOURCE.pos, 9);
    expect([...stock.low]).toEqual([1, 0]);
    stock.move(4000, 0, -4, REASON.sale, SOURCE.online, 9);
    expect([...stock.low]).toEqual([0, 0]);
  });
});

describe('the record', () => {
  it('is what the store believes, and orders by', () => {
    expect(stock.believed(0)).toBe(12);
    stock.onOrder.set(0, 6);
    stock.committed.set(0, 1);
    expect(stock.position(0)).toBe(17);
  });

  it('does not see what is lost unseen', () => {
    stock.move(1000, 0, -1, REASON.lost, SOURCE.floor, 7);
    expect(last('store_inventory_txn')).toMatchObject({ balance: 9, recordedBalance: 12 });
  });

  it('is put right by a count', () => {
    stock.count(1000, 0, COUNT_KIND.cycle, 5);
    expect(last('stock_counts')).toMatchObject({
      ...{ traceId: 5, kind: 0, recorded: 12, counted: 10, deviation: -2 },
    });
    expect(stock.believed(0)).toBe(10);
  });

  it.each([
    [12, 0, 1],
    [10, 6, 2],
    [10, 0, 3],
  ])('tells why a store is out of stock: record %i, on order %i', (recorded, onOrder, cause) => {
    stock.fill(500, 0, 2, 8);
    stock.shelf.set(0, 10);
    stock.recorded.set(0, recorded);
    stock.onOrder.set(0, onOrder);
    stock.move(1000, 0, -10, REASON.sale, SOURCE.pos, 7);
    expect(last('stockouts')).toMatchObject({ cause, backroomQuantity: 0 });
  });
});

it('is saved and restored with shelf and record', () => {
  stock.move(1000, 0, -4, REASON.sale, SOURCE.pos, 7);
  const sections = structuredClone(stock.save('stock/store/3'));
  const other = newStock();
  other.restore(new SavedState(sections), 'stock/store/3');
  expect([other.shelf.at(0), other.recorded.at(0), other.onHand.at(0)]).toEqual([0, 8, 6]);
  expect(other.emptiedByTrace(0)).toBe(7);
});
