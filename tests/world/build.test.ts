import { describe, expect, it } from 'vitest';
import { buildWorld } from '../../src/world/build.ts';
import { configOf } from '../../src/world/config.ts';
import { dictionaries, START_MS, smallConfig, smallWorld } from './fixtures.ts';

/** All data of a world as one text. */
function textOf(world: ReturnType<typeof smallWorld>): string {
  return JSON.stringify(world, (_, value) =>
    ArrayBuffer.isView(value) ? [...(value as Int32Array)] : value,
  );
}

describe('building', () => {
  it('gives the same world for the same seed, another for another', () => {
    const text = textOf(smallWorld({ total_customers: 500 }));
    expect(textOf(smallWorld({ total_customers: 500 }))).toBe(text);
    expect(textOf(smallWorld({ total_customers: 500 }, 43))).not.toBe(text);
  });

  it('can begin on any day', () => {
    const later = buildWorld(smallConfig(), dictionaries, START_MS + 400 * 86_400_000);
    expect(later.stores).toEqual(smallWorld().stores);
    expect(later.products.launchMs).not.toEqual(smallWorld().products.launchMs);
  });

  it('supports a single store', () => {
    const world = smallWorld({ stores: 1, dcs: 1, total_geographies: 1, total_customers: 1 });
    expect(world.regions).toHaveLength(1);
    expect(world.customers.homeStoreId[0]).toBe(1);
  });
});

describe('the warning about too many visits', () => {
  it('names the figures and the remedy', () => {
    const original = configOf({ volume: { total_customers: 50_000 } });
    const { warnings } = buildWorld(original, dictionaries, START_MS);
    expect(warnings).toEqual([
      '84,000 visits a day from 50,000 customers are 1.7 visits each; people make about 1.9 visits a week: ' +
        'remove volume.total_customers, or set it to 309,474.',
    ]);
  });

  it.each(['default', 'calibrated', 'demo', 'small'])('is absent from the preset %s', (preset) => {
    expect(buildWorld(configOf({}, preset), dictionaries, START_MS).warnings).toEqual([]);
  });
});
