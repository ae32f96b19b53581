/** The states of a task's tables. */
import type { TaskUpdate } from '../tasks.ts';

export class TableStates {
  private readonly tables: readonly string[];
  private readonly begun = new Set<string>();
  private readonly complete = new Set<string>();

  /** @param tables the tables to report on; others may be written, too */
  constructor(tables: readonly string[]) {
    this.tables = tables;
  }

  /** Called when tables begin to be written. */
  begin(tables: readonly string[]): void {
    for (const table of tables) this.begun.add(table);
  }

  /** Called when tables are complete. */
  end(tables: readonly string[]): void {
    for (const table of tables) this.complete.add(table);
  }

  /**
   * Returns `3/27 tables complete`, with the progress of the others: `13/34 tables complete, 21 at 42 %`. Fact
   * tables are written together, day by day, and complete at the same time.
   */
  words(share = 0): string {
    const { completed, tables } = this;
    const complete = `${completed.length}/${tables.length} tables complete`;
    const writing = this.writing.length;
    const written = thousandths(share);
    if (written === 0 || writing === 0) return complete;
    return `${complete}, ${writing} at ${Math.floor(written / 10)} %`;
  }

  /** Returns the states as a task update. @param share progress of the tables being written, 0–1 */
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

  /** The tables being written. */
  private get writing(): string[] {
    return this.tables.filter((table) => this.begun.has(table) && !this.complete.has(table));
  }

  private get completed(): string[] {
    return this.tables.filter((table) => this.complete.has(table));
  }
}

/** Returns a share in thousandths, rounded down and less than 1000, since 1000 means complete. */
function thousandths(share: number): number {
  return Math.min(999, Math.floor(share * 1000));
}
