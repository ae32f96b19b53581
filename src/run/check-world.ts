/** Checks whether a config and its dictionaries make a valid world, without running it. */
import { DAY_MS } from '../engine/time.ts';
import { buildAssortment } from '../world/assortment.ts';
import type { Config } from '../world/config.ts';
import type { Dictionaries } from '../world/dictionaries.ts';
import { requireIdsFor, requireKnownYear } from '../world/limits.ts';
import { buildNetwork } from '../world/network.ts';
import { type Zone, zonesOf } from './expected-crowd.ts';
import type { Window } from './window.ts';

/**
 * Returns the time zones of a world's stores, without creating customers, which would take long.
 * @throws InputError that says which settings contradict each other
 */
export function zonesOfWorld(config: Config, dictionaries: Dictionaries, startMs: number): Zone[] {
  buildAssortment(config.seed, config.volume.total_products, dictionaries, startMs);
  return zonesOf(buildNetwork(config, dictionaries));
}

/** Throws InputError for a window that a world of the config can't cover. */
export function requireWindow({ volume }: Config, { startMs, toMs }: Window): void {
  for (const atMs of [startMs, toMs]) requireKnownYear(atMs);
  requireIdsFor(volume, (toMs - startMs) / DAY_MS);
}
