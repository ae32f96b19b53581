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

  /** `3/27 tables complete` */
  get words(): string {
    return `${this.completed.length}/${this.tables.length} tables complete`;
  }

  /** @param share how far those are that are being written */
  update(share = 0): TaskUpdate {
    const { completed, tables } = this;
    const open = tables.filter((table) => !this.complete.has(table));
    const writing = open.filter((table) => this.begun.has(table));
    // Rounded down: 1 is for what is complete.
    const shown = Math.min(0.999, Math.floor(share * 1000) / 1000);
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

  private get completed(): string[] {
    return this.tables.filter((table) => this.complete.has(table));
  }
}
