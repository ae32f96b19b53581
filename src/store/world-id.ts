/**
 * The name that a world's events carry: event ids count from 1 in every world, so what tells two events
 * apart is (world_id, event_id).
 */
import { createHash } from 'node:crypto';
import type { WorldIdentity } from './manifest.ts';

/** Hexadecimal digits: among a million worlds two share an id with a chance of 1 in 37 million. */
const DIGITS = 16;

/**
 * Digest of everything that decides about the facts of a world: version, seed, start, config,
 * dictionaries, scenarios, extensions. How files are stored, how the world is divided and which disruptions are
 * made while it runs leave it alone.
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
