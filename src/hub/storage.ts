/** The storage of a hub: memory or a folder. */
import type { EntityOptions } from './entity-options.ts';
import { MemoryShelf } from './memory-shelf.ts';
import type { Retention } from './partition-log.ts';
import { Producers } from './producers.ts';
import type { Shelf } from './shelf.ts';

export interface Storage {
  /** The event hubs, with the epoch ms at which each was created. */
  readonly entities: readonly (EntityOptions & { readonly createdMs: number })[];
  /** The preferred port, where clients look for the hub; undefined: no preference. */
  readonly lastPort: number | undefined;
  /** Returns the events and producers of a partition. Throws InputError if they can't be read. */
  open(entity: string, index: number): Shelf & { readonly producers: Producers };
  /** Stores the port of the hub for the next start. */
  rememberPort(port: number): void;
  /** Syncs everything to disk and closes the storage. */
  close(): void;
}

/** Storage in memory: gone when the hub ends. */
export function memoryStorage(
  entities: readonly EntityOptions[],
  retention: Retention,
  nowMs: number,
): Storage {
  return {
    entities: entities.map((entity) => ({ ...entity, createdMs: nowMs })),
    lastPort: undefined,
    open: () => Object.assign(new MemoryShelf(retention.bytes), { producers: new Producers() }),
    rememberPort: () => {},
    close: () => {},
  };
}
