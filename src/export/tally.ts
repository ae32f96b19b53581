/** What is compared after an export: rows, filled fields, and the sums of all numbers, exact. */
import type { Column } from '../domain/columns.ts';
import { NULL } from '../domain/columns.ts';
import type { Decoded } from './record-decoder.ts';

/** Figures of a table or of one of its files, by name. */
export type Tally = Readonly<Record<string, string>>;

/** A figure: what SQL has to count or to add up. */
export interface Figure {
  /** `rows`, `filled PromoCode` or `sum of Total`. */
  readonly name: string;
  readonly column?: Column;
  /** Decimals by which the sum is moved, so that it is whole: 2 for money. */
  readonly decimals?: number;
}

/** Returns the figures of a table. */
export function figuresOf(columns: readonly Column[]): Figure[] {
  const filled = columns.filter(({ nullable }) => nullable === true);
  const summed = columns.filter(({ type }) => decimalsOf(type, 0) !== undefined);
  return [
    { name: 'rows' },
    ...filled.map((column) => ({ name: `filled ${column.name}`, column })),
    ...summed.map((column) => ({
      name: `sum of ${column.name}`,
      column,
      decimals: decimalsOf(column.type, column.scale ?? 0),
    })),
  ];
}

function decimalsOf(type: Column['type'], scale: number): number | undefined {
  if (type === 'money') return 2;
  if (type === 'real') return scale;
  return type === 'int' ? 0 : undefined;
}

/** Returns the first figure that differs, as a sentence; undefined if all are the same. */
export function differenceBetween(there: Tally, here: Tally): string | undefined {
  const name = Object.keys(here).find((each) => there[each] !== here[each]);
  if (name === undefined) return undefined;
  return `${name}: ${here[name]} in the world, ${there[name] ?? 'none'} in the copy`;
}

/** Adds up records one by one. Sums stay within what a number holds exactly. */
export class RecordTally {
  private readonly figures: readonly Figure[];
  private readonly counts: Float64Array;

  constructor(columns: readonly Column[]) {
    this.figures = figuresOf(columns);
    this.counts = new Float64Array(this.figures.length);
  }

  add(record: Decoded): void {
    this.counts[0]++;
    for (let at = 1; at < this.figures.length; at++) {
      const { column, decimals } = this.figures[at];
      const value = record[column!.field];
      if (column!.nullable === true && (value === NULL || value === '')) continue;
      if (decimals === undefined) this.counts[at]++;
      // Money is in cents already.
      else if (column!.type === 'real')
        this.counts[at] += Math.round(Number(value) * 10 ** decimals);
      else this.counts[at] += Number(value);
    }
  }

  get rows(): number {
    return this.counts[0];
  }

  get tally(): Tally {
    return Object.fromEntries(this.figures.map(({ name }, at) => [name, String(this.counts[at])]));
  }
}
