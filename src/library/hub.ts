/**
 * An endpoint in this process that Event Hubs clients of any language can use: `synthetic-retail/hub`, a fixture for
 * tests and development. Unlike Azure Event Hubs, it accepts every client.
 *
 * @module synthetic-retail/hub
 */
import { type Hub, type HubOptions as Options, startHub as start } from '../hub/hub.ts';
import { takeLock } from '../store/lock.ts';

export type { Hub };
export type { Fault, Faults, ThrottleLimit } from '../hub/faults.ts';
export type { Loss } from '../hub/losses.ts';
export type { HubStats, PartitionStats } from '../hub/stats.ts';
export type { EntityOptions } from '../hub/entity-options.ts';
export type { StoredEvent } from '../hub/stored-events.ts';

/** Options of a hub: its port, its event hubs, and how long it keeps events. */
export interface HubOptions extends Omit<Options, 'data'> {
  /** Folder in which events are stored; by default they are kept in memory. */
  readonly data?: string;
}

/** Starts a hub; `port: 0` takes a free port. @throws InputError for an option or a port that can't be used */
export function startHub({ data, ...options }: HubOptions = {}): Promise<Hub> {
  return start({
    ...options,
    ...(data !== undefined && { data: { folder: data, lock: takeLock } }),
  });
}
