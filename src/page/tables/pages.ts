/** Pages of a table that can be opened. */

export const PAGE_ROWS = 50;
/** Largest first row of a page, in the order of the file or of time. */
const FURTHEST = 10_000;
/** Rows that can be shown in another order. */
const FURTHEST_SORTED = 5000;

/**
 * How many pages can be opened: the whole table if it is short enough.
 *
 * @param rows of the whole table; undefined if unknown
 * @param isSorted by another column than the time
 */
export function pagesOf(rows: number | undefined, isSorted: boolean): number {
  const most = isSorted ? FURTHEST_SORTED / PAGE_ROWS : FURTHEST / PAGE_ROWS + 1;
  if (rows === undefined) return most;
  return Math.max(1, Math.min(most, Math.ceil(rows / PAGE_ROWS)));
}

/** The page number that was typed, from 1; undefined if invalid. */
export function pageOf(text: string, pages: number): number | undefined {
  const page = Number(text.trim() === '' ? Number.NaN : text);
  return Number.isInteger(page) && page >= 1 && page <= pages ? page : undefined;
}
