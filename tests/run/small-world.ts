/** A world small enough for tests, with a history in files. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generateHistory } from '../../src/run/generation.ts';
import { type WorldPaths, worldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import type { WorldSettings } from '../../src/store/world-settings.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';

/** Two distribution centers, three stores, few customers. */
export const SMALL_VOLUME = {
  stores: 3,
  dcs: 2,
  total_geographies: 8,
  total_customers: 600,
  total_products: 400,
  customers_per_day: 80,
  online_orders_per_day: 20,
} as const;

export interface SmallWorld {
  readonly settings: WorldSettings;
  /** A folder of its own that holds a copy of the history. */
  copy(): WorldPaths;
  remove(): void;
}

/** Generates [fromMs, toMs) once; each copy is a world of its own. */
export async function smallWorld(
  fromMs: number,
  toMs: number,
  config: Readonly<Record<string, unknown>> = {},
): Promise<SmallWorld> {
  const base = mkdtempSync(path.join(os.tmpdir(), 'small-world-'));
  const full = configOf({ seed: 5, volume: SMALL_VOLUME, ...config });
  const settings: WorldSettings = {
    config: full,
    dictionaries: loadDictionaries(full.paths.dictionaries),
    scenarios: [],
  };
  const begun = path.join(base, 'begun');
  await generateHistory({
    settings,
    paths: worldPaths(begun),
    makeWorld: simulatedWorld,
    window: { fromMs, toMs },
    workers: 1,
    nowMs: () => toMs,
  });
  let copies = 0;
  return {
    settings,
    copy() {
      const out = path.join(base, `copy-${++copies}`);
      cpSync(begun, out, { recursive: true });
      return worldPaths(out);
    },
    remove: () => rmSync(base, { recursive: true }),
  };
}
