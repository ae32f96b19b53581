/** Rows that were looked for once, for who asks for them again or for the next page of them. */

/** A first page is looked for with those that may follow it. */
const LEAST_ROWS = 1000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

interface Entry {
  /** Rows that it has, if there are so many. */
  readonly keep: number;
  readonly rows: Promise<readonly string[]>;
  characters: number;
}

export class Remembered {
  /** Those that were asked for last stand last. */
  private readonly entries = new Map<string, Entry>();
  private characters = 0;

  /**
   * The first `wanted` rows, or more. Who asks while they are looked for waits for the same.
   * @param key what `find` would find: if anything of that changes, so must the key
   */
  rows(
    key: string,
    wanted: number,
    find: (keep: number) => Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    const known = this.entries.get(key);
    if (known !== undefined) this.forget(key, known);
    if (known !== undefined && known.keep >= wanted) {
      this.keep(key, known);
      return known.rows;
    }
    const keep = Math.max(wanted, LEAST_ROWS);
    const entry: Entry = { keep, rows: find(keep), characters: 0 };
    this.keep(key, entry);
    entry.rows.then(
      (rows) => {
        if (this.entries.get(key) !== entry) return;
        entry.characters = rows.reduce((sum, row) => sum + row.length, 0);
        this.characters += entry.characters;
        for (const [oldest, old] of this.entries) {
          if (this.characters <= MOST_CHARACTERS) break;
          this.forget(oldest, old);
        }
      },
      () => this.forget(key, entry),
    );
    return entry.rows;
  }

  private keep(key: string, entry: Entry): void {
    this.entries.set(key, entry);
    this.characters += entry.characters;
  }

  private forget(key: string, entry: Entry): void {
    if (this.entries.get(key) !== entry) return;
    this.entries.delete(key);
    this.characters -= entry.characters;
  }
}
