/** A world whose files appear one after the other, like masters while they are written. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';
import { testClient } from './client.ts';

const FROM = Date.UTC(2024, 0, 1);

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(FROM, FROM + 20 * 3_600_000);
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

it('shows only what was committed after a run was killed', async () => {
  const { root, facts, lock } = world.copy();
  const part = path.join(facts, 'store_ops', 'dt=2024-01-01', 'part-1.csv');
  const committed = readFileSync(part, 'utf8');
  appendFileSync(part, `${committed.split('\n').at(-2)}\n`);
  mkdirSync(path.join(facts, 'store_ops', 'dt=2024-01-09'));
  writeFileSync(path.join(facts, 'store_ops', 'dt=2024-01-09', 'part-1.csv'), committed);
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(lock, `${pid} ${os.hostname()} ${Date.now()}\n`);
  const client = await testClient({ out: root });
  try {
    expect(readFileSync(part, 'utf8')).toBe(committed);
    const { body } = await client.ask('GET', '/api/facts/store_ops/summary');
    expect(body.days).toEqual(['2024-01-01']);
    expect(existsSync(lock)).toBe(false);
  } finally {
    await client.close();
  }
});
