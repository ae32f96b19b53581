/** Whether a config and its dictionaries make a world: what a run would refuse is refused without one. */
import { DAY_MS } from '../engine/time.ts';
import { buildAssortment } from '../world/assortment.ts';
import type { Config } from '../world/config.ts';
import type { Dictionaries } from '../world/dictionaries.ts';
import { requireIdsFor, requireKnownYear } from '../world/limits.ts';
import { buildNetwork } from '../world/network.ts';
import { type Zone, zonesOf } from './expected-crowd.ts';
import type { Window } from './window.ts';

/**
 * The zones in which a world's stores lie; people are not settled for it, however many there are.
 * @throws InputError that says what does not go together
 */
export function zonesOfWorld(config: Config, dictionaries: Dictionaries, startMs: number): Zone[] {
  buildAssortment(config.seed, config.volume.total_products, dictionaries, startMs);
  return zonesOf(buildNetwork(config, dictionaries));
}

/** @throws InputError for a window in which a world of the config can't live */
export function requireWindow({ volume }: Config, { startMs, toMs }: Window): void {
  for (const atMs of [startMs, toMs]) requireKnownYear(atMs);
  requireIdsFor(volume, (toMs - startMs) / DAY_MS);
}
