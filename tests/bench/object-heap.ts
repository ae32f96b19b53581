/** The rival of the event calendar: what one writes first, a binary heap of objects. */

export interface HeapEntry {
  readonly atMs: number;
  readonly sequence: number;
  readonly target: number;
}

export class ObjectHeap {
  private readonly entries: HeapEntry[] = [];
  private sequence = 0;

  schedule(atMs: number, target: number): void {
    const { entries } = this;
    const entry = { atMs, sequence: this.sequence++, target };
    let at = entries.length;
    entries.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!earlier(entry, entries[parent])) break;
      entries[at] = entries[parent];
      at = parent;
    }
    entries[at] = entry;
  }

  /** The earliest entry; of simultaneous ones, the one that was scheduled first. */
  pop(): HeapEntry | undefined {
    const { entries } = this;
    const first = entries[0];
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && earlier(entries[child + 1], entries[child])) child++;
      if (!earlier(entries[child], last)) break;
      entries[at] = entries[child];
      at = child;
    }
    entries[at] = last;
    return first;
  }
}

function earlier(a: HeapEntry, b: HeapEntry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
