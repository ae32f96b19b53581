/** Writes hand-made rows as the files of a world. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Column } from '../../src/domain/columns.ts';
import { CLOSING, DIMENSIONS, type DimensionName } from '../../src/domain/dimensions.ts';
import { FACT_NAMES, FACTS, type FactName, type FactRecord } from '../../src/domain/facts.ts';
import { quoted, toText } from '../../src/tables/text.ts';

/** A row by field; nullable fields may be left out. */
export type Fields = Record<string, number | string>;

const DAY_MS = 86_400_000;

export class TinyFiles {
  private readonly dimensions = new Map<string, Fields[]>();
  private readonly closing = new Map<string, Fields[]>();
  private readonly facts = new Map<FactName, Fields[]>();

  dimension(name: DimensionName, ...rows: Fields[]): void {
    push(this.dimensions, name, rows);
  }

  closingRow(name: keyof typeof CLOSING, row: Fields): void {
    push(this.closing, name, [row]);
  }

  fact<Name extends FactName>(name: Name, row: Partial<FactRecord<Name>>): void {
    push(this.facts, name, [row as Fields]);
  }

  /**
   * Writes everything; what is about store 3 or DC 2 belongs to region 2, all else to region 1.
   * @param partMs length of a part, whole days; one by default, as worlds have it
   */
  write(folder: string, startMs: number, endMs: number, partMs = DAY_MS): void {
    for (const [name, columns] of Object.entries<readonly Column[]>(DIMENSIONS)) {
      writeTable(path.join(folder, 'master', `${name}.csv`), columns, this.dimensions.get(name));
    }
    for (const [name, columns] of Object.entries<readonly Column[]>(CLOSING)) {
      const rows = this.closing.get(name) ?? [];
      const far = name === 'store_stock' ? 3 : name === 'dc_stock' ? 2 : undefined;
      for (const region of [1, 2]) {
        const own = rows.filter(
          ({ nodeId }) => (far !== undefined && nodeId === far) === (region === 2),
        );
        const part = path.join(folder, 'closing', name, `part-${region}.csv`);
        if (own.length > 0) writeTable(part, columns, own);
      }
    }
    for (const name of FACT_NAMES) this.writeFacts(folder, name, startMs, endMs, partMs);
    const state = {
      last_generated_timestamp: new Date(endMs).toISOString(),
      historical_start_date: new Date(startMs).toISOString(),
      has_historical_data: true,
    };
    writeFileSync(path.join(folder, 'generation_state.json'), JSON.stringify(state));
  }

  private writeFacts(
    folder: string,
    name: FactName,
    startMs: number,
    endMs: number,
    partMs: number,
  ): void {
    const rows = (this.facts.get(name) ?? []).sort((a, b) => Number(a.eventMs) - Number(b.eventMs));
    for (let dayMs = startMs - (startMs % DAY_MS); dayMs < endMs; dayMs += partMs) {
      const day = new Date(dayMs).toISOString().slice(0, 10);
      const ofDay = rows.filter(
        ({ eventMs }) => Number(eventMs) >= dayMs && Number(eventMs) < dayMs + partMs,
      );
      const parts = path.join(folder, 'facts', name, `dt=${day}`);
      for (const region of [1, 2]) {
        const own = ofDay.filter((row) => regionOf(row) === region);
        const part = path.join(parts, `part-${region}.csv`);
        if (own.length > 0) writeTable(part, FACTS[name].columns, own);
      }
      // A table without any row keeps its header.
      if (rows.length === 0 && dayMs <= startMs)
        writeTable(path.join(parts, 'part-0.csv'), FACTS[name].columns, []);
    }
  }
}

function regionOf({ storeId, dcId }: Fields): number {
  return storeId === 3 || dcId === 2 ? 2 : 1;
}

function push<Key>(rowsByName: Map<Key, Fields[]>, name: Key, rows: Fields[]): void {
  rowsByName.set(name, [...(rowsByName.get(name) ?? []), ...rows]);
}

function writeTable(file: string, columns: readonly Column[], rows: readonly Fields[] = []): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const lines = [
    columns.map(({ name }) => name),
    ...rows.map((row) => columns.map((column) => fieldText(column, row))),
  ];
  writeFileSync(file, lines.map((fields) => `${fields.join(',')}\n`).join(''));
}

function fieldText(column: Column, row: Fields): string {
  const value = row[column.field];
  if (value === undefined) {
    if (column.nullable) return '';
    throw new Error(`A row lacks ${column.field}: ${JSON.stringify(row)}`);
  }
  return quoted(toText(column, value));
}
