/** Where the tables of a task stand, as a task tells it. */
import type { TaskUpdate } from '../tasks.ts';

export class TableStates {
  private readonly tables: readonly string[];
  private readonly begun = new Set<string>();
  private readonly complete = new Set<string>();

  /** @param tables those that are told of; others may be written as well */
  constructor(tables: readonly string[]) {
    this.tables = tables;
  }

  /** These are being written from now on. */
  begin(tables: readonly string[]): void {
    for (const table of tables) this.begun.add(table);
  }

  /** These are complete. */
  end(tables: readonly string[]): void {
    for (const table of tables) this.complete.add(table);
  }

  /**
   * `3/27 tables complete`, and what of the others is written: `13/34 tables complete, 21 at 42 %`. Tables of
   * facts grow together, day by day, and are complete together.
   */
  words(share = 0): string {
    const { completed, tables } = this;
    const complete = `${completed.length}/${tables.length} tables complete`;
    const writing = this.writing.length;
    const written = thousandths(share);
    if (written === 0 || writing === 0) return complete;
    return `${complete}, ${writing} at ${Math.floor(written / 10)} %`;
  }

  /** @param share how far those are that are being written */
  update(share = 0): TaskUpdate {
    const { completed, tables } = this;
    const open = tables.filter((table) => !this.complete.has(table));
    const { writing } = this;
    const shown = thousandths(share) / 1000;
    const shareOf = (table: string) => {
      if (this.complete.has(table)) return 1;
      return this.begun.has(table) ? shown : 0;
    };
    return {
      tables_completed: completed,
      tables_in_progress: writing,
      tables_remaining: open.filter((table) => !this.begun.has(table)),
      table_progress: Object.fromEntries(tables.map((table) => [table, shareOf(table)])),
      current_table: writing.length === 1 ? writing[0] : null,
    };
  }

  /** Those that are being written. */
  private get writing(): string[] {
    return this.tables.filter((table) => this.begun.has(table) && !this.complete.has(table));
  }

  private get completed(): string[] {
    return this.tables.filter((table) => this.complete.has(table));
  }
}

/** Rounded down, and never all of them: that is for what is complete. */
function thousandths(share: number): number {
  return Math.min(999, Math.floor(share * 1000));
}
