/**
 * The id of a world in its events: event ids start from 1 in every world, so only (world_id, event_id)
 * is unique.
 */
import { createHash } from 'node:crypto';
import type { WorldIdentity } from './manifest.ts';

/** Number of hexadecimal digits: the chance that two of a million worlds have the same id is 1 in 37 million. */
const DIGITS = 16;

/**
 * Returns the digest of everything that determines the facts of a world: version, seed, start, config,
 * dictionaries, scenarios, extensions. It does not depend on the storage of files, the division into shards, or
 * live disruptions.
 */
export function worldIdOf(identity: WorldIdentity): string {
  const { worldVersion, seed, startMs, config, dictionaries, scenarios, extensions } = identity;
  const parts = [
    worldVersion,
    seed,
    startMs,
    Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1)),
    dictionaries,
    scenarios.map(({ name, sha256 }) => [name, sha256]),
    ...(extensions ?? []).map(({ name, version }) => [name, version]),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DIGITS);
}
