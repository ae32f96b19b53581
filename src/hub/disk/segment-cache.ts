/** Recently read segments, for receivers that lag behind. All partitions share the cache. */
import type { StoredBatch } from '../stamp.ts';

const MOST_BYTES = 64 * 1024 * 1024;

interface Cached {
  readonly batches: readonly StoredBatch[];
  readonly bytes: number;
}

export class SegmentCache {
  private readonly byFile = new Map<string, Cached>();
  private bytes = 0;

  get(file: string): readonly StoredBatch[] | undefined {
    const found = this.byFile.get(file);
    if (found === undefined) return undefined;
    // The least recently used segment is removed first.
    this.byFile.delete(file);
    this.byFile.set(file, found);
    return found.batches;
  }

  put(file: string, batches: readonly StoredBatch[], bytes: number): void {
    this.drop(file);
    this.byFile.set(file, { batches, bytes });
    this.bytes += bytes;
    for (const [oldest] of this.byFile) {
      if (this.bytes <= MOST_BYTES || oldest === file) break;
      this.drop(oldest);
    }
  }

  drop(file: string): void {
    this.bytes -= this.byFile.get(file)?.bytes ?? 0;
    this.byFile.delete(file);
  }
}
