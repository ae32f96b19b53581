/** Where a hub keeps its events. */
import type { EntityOptions } from './entity-options.ts';
import { MemoryShelf } from './memory-shelf.ts';
import type { Retention } from './partition-log.ts';
import { Producers } from './producers.ts';
import type { Shelf } from './shelf.ts';

export interface Storage {
  /** Its event hubs; epoch ms at which each was made. */
  readonly entities: readonly (EntityOptions & { readonly createdMs: number })[];
  /** Port to prefer, where clients look for the hub; undefined: none in particular. */
  readonly lastPort: number | undefined;
  /** A partition's events, and its producers. Throws InputError if they can't be read. */
  open(entity: string, index: number): Shelf & { readonly producers: Producers };
  /** Keeps in mind where the hub is to be found. */
  rememberPort(port: number): void;
  /** Sees that everything is kept, and lets go of it. */
  close(): void;
}

/** Memory: gone when the hub ends. */
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
