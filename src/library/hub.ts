/**
 * An endpoint in this process that Event Hubs clients of any language can use: `synthetic-retail/hub`, a fixture for
 * tests and development. It is not Azure Event Hubs: nobody is asked who they are.
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

/** Where a hub listens, what it keeps, and for how long. */
export interface HubOptions extends Omit<Options, 'data'> {
  /** Folder in which events are kept; in memory without it. */
  readonly data?: string;
}

/** Starts a hub; `port: 0` takes a free port. @throws InputError for an option or a port that can't be used */
export function startHub({ data, ...options }: HubOptions = {}): Promise<Hub> {
  return start({
    ...options,
    ...(data !== undefined && { data: { folder: data, lock: takeLock } }),
  });
}
