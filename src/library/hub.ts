/**
 * An endpoint in this process that Event Hubs clients of any language can use: `synthetic-retail/hub`, a fixture for
 * tests and development. Unlike Azure Event Hubs, it accepts every client.
 */
import { type Hub, type HubOptions as Options, startHub as start } from '../hub/hub.ts';
import { takeLock } from '../store/lock.ts';

export type { Hub };
export type { EntityOptions } from '../hub/entity-options.ts';
export type { StoredEvent } from '../hub/stored-events.ts';

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
