/** The last sequence number of each region in each partition. */

/** Value of a cursor before the first event. */
const NOTHING = -1;

/** A cursor: partition, region, sequence number. */
export type CursorEntry = [partition: number, region: number, sequence: number];

export class Cursors {
  private readonly partitions: number[][] = [];
  /** Changed entries as partition, region, partition, region, … */
  private changes: number[] = [];

  /** Returns the highest sequence number that was reached, -1 if none. */
  get(partition: number, region: number): number {
    return this.partitions[partition]?.[region] ?? NOTHING;
  }

  /** Moves a cursor forward; it never goes back. */
  reach(partition: number, region: number, sequence: number): void {
    let regions = this.partitions[partition];
    if (regions === undefined) {
      regions = [];
      this.partitions[partition] = regions;
    }
    if (sequence <= (regions[region] ?? NOTHING)) return;
    regions[region] = sequence;
    const { changes } = this;
    // A batch contains the events of few regions, often several of one region in a row.
    const { length } = changes;
    if (changes[length - 1] === region && changes[length - 2] === partition) return;
    changes.push(partition, region);
  }

  /** Returns the entries that changed since the last call. */
  takeChanges(): CursorEntry[] {
    const { changes } = this;
    if (changes.length === 0) return [];
    this.changes = [];
    const seen = new Set<string>();
    const entries: CursorEntry[] = [];
    for (let at = 0; at < changes.length; at += 2) {
      const [partition, region] = [changes[at], changes[at + 1]];
      const key = `${partition}/${region}`;
      if (seen.has(key)) continue;
      seen.add(key);
      entries.push([partition, region, this.get(partition, region)]);
    }
    return entries;
  }

  /** Returns all entries. */
  snapshot(): CursorEntry[] {
    const entries: CursorEntry[] = [];
    this.partitions.forEach((regions, partition) => {
      regions.forEach((sequence, region) => {
        entries.push([partition, region, sequence]);
      });
    });
    return entries;
  }

  /** Numbers events from a later one. @param counts events of each region before it; cursors before it are removed */
  countFrom(counts: ReadonlyMap<number, number>): void {
    const entries = this.snapshot();
    this.clear();
    for (const [partition, region, sequence] of entries) {
      this.reach(partition, region, sequence - (counts.get(region) ?? 0));
    }
  }

  /** Resets all cursors to before the first event. */
  clear(): void {
    this.partitions.length = 0;
    this.changes = [];
  }
}
