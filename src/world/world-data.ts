/**
 * Converts a world to data for worker threads, and back.
 *
 * A message holds the columns of products and customers as shared memory, which is not copied; the
 * rest is a few objects per store, truck and supplier.
 */
import { received, type Sent, sent } from '../engine/shared-arrays.ts';
import { OpeningStocks } from './opening-stock.ts';
import { openingShelves } from './shelves.ts';
import type { Customers, Products, World, WorldData } from './world.ts';

/** A world in a form for `postMessage` or `workerData`. */
export type WorldMessage = Omit<WorldData, 'products' | 'customers'> & {
  readonly products: Sent<Products>;
  readonly customers: Sent<Customers>;
};

/** Returns the world of the data: a pure function. */
export function worldOf(data: WorldData): World {
  const stocks = new OpeningStocks(data);
  const openingStoreStock = (storeId: number) => stocks.ofStore(data.stores[storeId - 1]);
  return {
    ...data,
    openingStoreStock,
    openingDcStock: (dcId) => stocks.ofDc(dcId),
    openingShelves: (storeId) =>
      openingShelves(data, data.stores[storeId - 1], openingStoreStock(storeId)),
  };
}

/** Returns what another thread needs to have the same world. */
export function messageOf(world: World): WorldMessage {
  const {
    openingStoreStock: _store,
    openingDcStock: _dc,
    openingShelves: _shelves,
    ...data
  } = world;
  return { ...data, products: sent(world.products), customers: sent(world.customers) };
}

/** Returns the world of a message from another thread. */
export function worldOfMessage(message: WorldMessage): World {
  return worldOf({
    ...message,
    products: received<Products>(message.products),
    customers: received<Customers>(message.customers),
  });
}
