/**
 * The form of dictionaries. Those of the original system have fewer columns, repeat rows and leave out
 * line ends. They are read as far as they go, and one sentence says what was made up.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../domain/decoded-text.ts';
import { type CsvRow, requireUnique } from './csv-source.ts';

export class DictionaryForm {
  /** Whether they may be as loose as those of the original system. */
  readonly isOriginal: boolean;
  private readonly folder: string;
  /** What was made up or skipped, with counts. */
  private readonly gaps = new Map<string, number>();

  constructor(folder: string, isOriginal: boolean) {
    this.folder = folder;
    this.isOriginal = isOriginal;
  }

  /** Notes that something was made up; the same thing must always get the same sentence. */
  madeUp(what: string, times = 1): void {
    this.gaps.set(what, (this.gaps.get(what) ?? 0) + times);
  }

  /**
   * Returns the rows without those whose key occurred before. @throws InputError for a repeated key where none is
   * allowed
   */
  once(rows: readonly CsvRow[], column: string, keyOf: (row: CsvRow) => string): readonly CsvRow[] {
    if (!this.isOriginal) {
      requireUnique(rows, column, keyOf);
      return rows;
    }
    const seen = new Set<string>();
    const first = rows.filter((row) => {
      const key = keyOf(row).toLowerCase();
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
    if (first.length < rows.length) {
      this.madeUp('rows that repeat an earlier one are read once', rows.length - first.length);
    }
    return first;
  }

  /** Returns one sentence about everything that was made up; none if nothing was. */
  notes(): readonly string[] {
    if (this.gaps.size === 0) return [];
    const parts = [...this.gaps].map(([what, times]) => `${what} (${times})`);
    return [`The dictionaries in ${this.folder} lack some data: ${parts.join('; ')}.`];
  }
}

/** Returns the form of the dictionaries in a folder, judged by the columns of its taxes and places. */
export function formOf(folder: string): DictionaryForm {
  const places = headerOf(join(folder, 'geographies.csv'));
  const isOriginal =
    headerOf(join(folder, 'tax_rates.csv')).includes('CombinedRate') ||
    (places.length > 0 && !places.includes('Latitude') && !places.includes('TimeZone'));
  return new DictionaryForm(folder, isOriginal);
}

/** Returns the columns of a file; none if it can't be read, which its own reader reports. */
function headerOf(file: string): string[] {
  if (!existsSync(file)) return [];
  try {
    return decodeText(readFileSync(file))
      .split(/\r?\n|\r/, 1)[0]
      .split(',');
  } catch {
    return [];
  }
}
