/** How long the opening stock lasts: for the notes on ranges that a config sets. */
import { type RangeName, rangeOf } from './opening-ranges.ts';
import type { OpeningStock, World } from './world.ts';

/** Days for which nodes have stock at the opening, at the demand of the mean day: units over units a day. */
export function coverDays(stocks: Iterable<OpeningStock>): number {
  let units = 0;
  let perDay = 0;
  for (const stock of stocks) {
    for (let product = 0; product < stock.units.length; product++) {
      if (stock.units[product] < 0) continue;
      units += stock.units[product];
      perDay += stock.demand[product];
    }
  }
  return perDay === 0 ? 0 : units / perDay;
}

/** Returns a sentence for each range of opening stock that the config sets. */
export function coverNotes(world: World): string[] {
  const notes: string[] = [];
  const note = (name: RangeName, nodes: string, stocks: () => OpeningStock[]) => {
    const range = rangeOf(world.config.volume, name);
    if (range === undefined) return;
    const days = coverDays(stocks());
    const shown = days < 10 ? days.toFixed(1) : Math.round(days).toLocaleString('en-US');
    notes.push(
      `The opening stock of ${range.min.toLocaleString('en-US')} to ${range.max.toLocaleString('en-US')} units a product covers ${shown} days of demand at the ${nodes}: remove volume.${name}_min and volume.${name}_max, and it follows demand.`,
    );
  };
  note('dc_initial_inventory', 'distribution centers', () =>
    world.dcs.map(({ id }) => world.openingDcStock(id)),
  );
  note('store_initial_inventory', 'stores', () =>
    world.regions.flatMap(({ stores }) => stores.map(({ id }) => world.openingStoreStock(id))),
  );
  return notes;
}
