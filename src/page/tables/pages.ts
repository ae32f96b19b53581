/** Pages of a table that can be turned to. */

export const PAGE_ROWS = 50;
/** Furthest first row of a page, by the order of the file or of time. */
const FURTHEST = 10_000;
/** Rows that can be seen in another order. */
const FURTHEST_SORTED = 5000;

/**
 * How many pages can be turned to: the whole table where that is short enough.
 *
 * @param rows of the whole; undefined where that is not known
 * @param isSorted by another column than the time
 */
export function pagesOf(rows: number | undefined, isSorted: boolean): number {
  const most = isSorted ? FURTHEST_SORTED / PAGE_ROWS : FURTHEST / PAGE_ROWS + 1;
  if (rows === undefined) return most;
  return Math.max(1, Math.min(most, Math.ceil(rows / PAGE_ROWS)));
}

/** The page that was typed, from 1; undefined for what is none. */
export function pageOf(text: string, pages: number): number | undefined {
  const page = Number(text.trim() === '' ? Number.NaN : text);
  return Number.isInteger(page) && page >= 1 && page <= pages ? page : undefined;
}
