/**
 * In which form dictionaries are. Those of the original system know fewer columns, repeat rows and leave out
 * line ends; they are read for what they say, and one sentence tells what was made up.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../domain/decoded-text.ts';
import { type CsvRow, requireUnique } from './csv-source.ts';

export class DictionaryForm {
  /** Whether they may be as loose as those of the original system were. */
  readonly isOriginal: boolean;
  private readonly folder: string;
  /** What was made up or passed over, with how often. */
  private readonly gaps = new Map<string, number>();

  constructor(folder: string, isOriginal: boolean) {
    this.folder = folder;
    this.isOriginal = isOriginal;
  }

  /** Notes that something was made up; the sentences are the same for the same thing. */
  madeUp(what: string, times = 1): void {
    this.gaps.set(what, (this.gaps.get(what) ?? 0) + times);
  }

  /** The rows without those whose key an earlier one has. @throws InputError for one, where none may be */
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

  /** One sentence about everything that was made up; none if nothing was. */
  notes(): readonly string[] {
    if (this.gaps.size === 0) return [];
    const parts = [...this.gaps].map(([what, times]) => `${what} (${times})`);
    return [`The dictionaries in ${this.folder} leave something open: ${parts.join('; ')}.`];
  }
}

/** The form of the dictionaries in a folder, by the columns of its taxes and places. */
export function formOf(folder: string): DictionaryForm {
  const places = headerOf(join(folder, 'geographies.csv'));
  const isOriginal =
    headerOf(join(folder, 'tax_rates.csv')).includes('CombinedRate') ||
    (places.length > 0 && !places.includes('Latitude') && !places.includes('TimeZone'));
  return new DictionaryForm(folder, isOriginal);
}

/** Columns of a file; none of one that can't be read, which its own reader tells. */
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
