/**
 * A world as data, and back: how worker threads come to theirs.
 *
 * The data can be posted to a worker (structured clone). Its columns of products and customers lie in
 * shared memory and are not copied; the rest is a few objects per store, truck and supplier.
 */
import { OpeningStocks } from './opening-stock.ts';
import type { World, WorldData } from './world.ts';

/** The world of the data; the same data give the same world on every thread. */
export function worldOf(data: WorldData): World {
  const stocks = new OpeningStocks(data.config, data.products);
  return {
    ...data,
    openingStoreStock: (storeId) => {
      const store = data.stores[storeId - 1];
      return stocks.ofStore(store, data.regions[store.dcId - 1].stores);
    },
    openingDcStock: (dcId) => stocks.ofDc(dcId),
  };
}

/** What `worldOf` needs to make the same world elsewhere. */
export function dataOf(world: World): WorldData {
  const { openingStoreStock: _store, openingDcStock: _dc, ...data } = world;
  return data;
}
