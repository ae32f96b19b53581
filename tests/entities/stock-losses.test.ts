/** What stores lose, in a running region. */
import { beforeAll, describe, expect, it } from 'vitest';
import { FACT_NAMES, type FactSink } from '../../src/domain/facts.ts';
import { REASON, SOURCE } from '../../src/domain/values.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import { Region } from '../../src/entities/region.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { isPerishable } from '../../src/policy/spoilage.ts';
import { buildWorld } from '../../src/world/build.ts';
import { configOf } from '../../src/world/config.ts';
import { dictionaries } from '../world/fixtures.ts';

const START_MS = Date.UTC(2024, 2, 4);
const DAYS = 8;
const world = buildWorld(configOf({ seed: 3 }, 'demo'), dictionaries, START_MS);
const { salePriceCents, category, department } = world.products;
const GROCERY = 0;
const lost = { fresh: 0, grocery: 0, all: 0 };
const sold = { fresh: 0, grocery: 0, all: 0 };

function add(sums: typeof lost, product: number, cents: number): void {
  sums.all += cents;
  if (department[product] === GROCERY) sums.grocery += cents;
  if (isPerishable(category[product])) sums.fresh += cents;
}

beforeAll(() => {
  const facts = {
    ...Object.fromEntries(FACT_NAMES.map((name) => [name, () => {}])),
    store_inventory_txn: ({ productId, qtyDelta, reason, source }) => {
      const cents = -qtyDelta * salePriceCents[productId - 1];
      if (source === SOURCE.pos) add(sold, productId - 1, cents);
      else if (reason === REASON.lost || reason === REASON.damaged) add(lost, productId - 1, cents);
    },
  } as FactSink;
  const region = new Region({ world, plan: world.regions[0], effects: NO_EFFECTS, facts });
  region.open();
  region.executive.run(START_MS + DAYS * DAY_MS);
});

describe('shrink', () => {
  it('is about half a percent of what is sold, of goods that turn as fast as these', () => {
    expect(lost.all / sold.all).toBeGreaterThan(0.003);
    expect(lost.all / sold.all).toBeLessThan(0.01);
  });

  it('is higher for fresh goods, which go out of date', () => {
    const fresh = lost.fresh / sold.fresh;
    const others = (lost.all - lost.fresh) / (sold.all - sold.fresh);
    expect(fresh).toBeGreaterThan(1.3 * others);
  });
});
