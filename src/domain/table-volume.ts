/** How many rows a table has, in terms of what drives it, for estimates. */

export type VolumeDriver =
  | 'visit'
  | 'receipt'
  | 'line'
  | 'order'
  | 'orderLine'
  | 'storeDay'
  | 'dcDay'
  | 'day';

/** Rows for each unit of a driver; or rows that grow linearly from 0 over the first `overDays` days of the world. */
export type VolumeRate = number | { readonly rows: number; readonly overDays: number };

export interface TableVolume {
  readonly rows: Readonly<Partial<Record<VolumeDriver, VolumeRate>>>;
  /** Mean length of a row as CSV, line end included. */
  readonly bytesPerRow: number;
}
