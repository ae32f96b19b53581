/** The folder of a hub that keeps its events. One process at a time serves it. */
import { InputError } from '../../domain/errors.ts';
import { type EntityOptions, sameName } from '../entity-options.ts';
import type { Retention } from '../partition-log.ts';
import type { Storage } from '../storage.ts';
import { DiskShelf } from './disk-shelf.ts';
import { type HubConfig, readHubConfig, type StoredEntity, writeHubConfig } from './hub-config.ts';
import { hubLock, partitionFolder } from './hub-files.ts';
import { SegmentCache } from './segment-cache.ts';

/** How often events are synced to disk: a power cut can lose the events of this time. */
const SYNC_EVERY_MS = 1_000;

export interface HubFolderOptions {
  readonly folder: string;
  /** Takes the lock of a file for this process; returns the function that releases it. Throws InputError. */
  readonly lock: (file: string) => () => void;
}

export class HubFolder implements Storage {
  readonly entities: readonly StoredEntity[];
  /** The port that the hub had last. */
  readonly lastPort: number | undefined;
  private readonly folder: string;
  private readonly retention: Retention;
  private readonly onNote: (sentence: string) => void;
  private readonly release: () => void;
  private readonly cache = new SegmentCache();
  private readonly shelves: DiskShelf[] = [];
  private readonly timer: NodeJS.Timeout;

  /**
   * Opens or creates the folder.
   * @param asked event hubs that it has to hold; undefined: those that it holds, or `otherwise`
   * @throws InputError if the folder is not a hub's, is in use, or holds a different event hub of the same name
   */
  constructor(
    { folder, lock }: HubFolderOptions,
    asked: readonly EntityOptions[] | undefined,
    otherwise: readonly EntityOptions[],
    retention: Retention,
    nowMs: number,
    onNote: (sentence: string) => void,
  ) {
    this.folder = folder;
    this.retention = retention;
    this.onNote = onNote;
    readHubConfig(folder);
    this.release = lock(hubLock(folder));
    try {
      // Another process may have created it meanwhile.
      const there = readHubConfig(folder);
      this.lastPort = there?.port ?? undefined;
      this.entities = joined(folder, there, asked ?? (there === undefined ? otherwise : []), nowMs);
      writeHubConfig(folder, { port: this.lastPort ?? null, entities: this.entities });
    } catch (error) {
      this.release();
      throw error;
    }
    this.timer = setInterval(() => this.sync(), SYNC_EVERY_MS);
    this.timer.unref();
  }

  open(entity: string, index: number): DiskShelf {
    const folder = partitionFolder(this.folder, entity, index);
    const shelf = new DiskShelf(folder, this.retention, this.cache, this.onNote);
    this.shelves.push(shelf);
    return shelf;
  }

  rememberPort(port: number): void {
    if (port !== this.lastPort) writeHubConfig(this.folder, { port, entities: this.entities });
  }

  close(): void {
    clearInterval(this.timer);
    try {
      for (const shelf of this.shelves) shelf.close();
    } finally {
      this.release();
    }
  }

  private sync(): void {
    for (const shelf of this.shelves) {
      shelf.sync().catch((error: Error) => this.onNote(error.message));
    }
  }
}

/** Returns the event hubs of a folder together with those that were asked for. */
function joined(
  folder: string,
  there: HubConfig | undefined,
  asked: readonly EntityOptions[],
  nowMs: number,
): readonly StoredEntity[] {
  const kept = (there?.entities ?? []).map((entity) => {
    const same = asked.find(({ name }) => sameName(name, entity.name));
    if (same === undefined) return entity;
    if (same.partitionCount !== entity.partitionCount) {
      throw new InputError(
        `Cannot open "${folder}": its event hub "${entity.name}" has ${entity.partitionCount} ` +
          `partitions, but ${same.partitionCount} were requested, and the number can't change; leave it ` +
          'out, or name another folder',
      );
    }
    const more = same.consumerGroups.filter(
      (group) => !entity.consumerGroups.some((known) => sameName(known, group)),
    );
    return { ...entity, consumerGroups: [...entity.consumerGroups, ...more] };
  });
  const fresh = asked
    .filter(({ name }) => !kept.some((entity) => sameName(entity.name, name)))
    .map((entity) => ({ ...entity, createdMs: nowMs }));
  return [...kept, ...fresh];
}
