/** A world whose files come one after the other, as masters do while they are written. */
import { renameSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';
import { testClient } from './client.ts';

const FROM = Date.UTC(2024, 0, 1);

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(FROM, FROM + 3_600_000);
});
afterAll(() => world.remove());

it.each(['trucks', 'stores', 'products_master'])(
  'is seen whole once %s have come as well',
  async (table) => {
    const { root, master } = world.copy();
    const file = path.join(master, `${table}.csv`);
    renameSync(file, `${file}.later`);
    const client = await testClient({ out: root });
    try {
      const { counts, live, watch } = client.control.services;
      expect(counts.known.master[table]).toBe(0);
      renameSync(`${file}.later`, file);
      watch.look();
      expect(counts.known.master[table]).toBeGreaterThan(0);
      expect(live.currentNetwork.world).not.toBeNull();
      expect(live.currentNetwork.trucks.length).toBe(counts.known.master.trucks);
      expect(live.currentNetwork.stores.length).toBe(counts.known.master.stores);
    } finally {
      await client.close();
    }
  },
);
