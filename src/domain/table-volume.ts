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

/** Rows per unit of a driver; those that grow from none, linearly over so many days of the world's life. */
export type VolumeRate = number | { readonly rows: number; readonly overDays: number };

export interface TableVolume {
  readonly rows: Readonly<Partial<Record<VolumeDriver, VolumeRate>>>;
  /** Mean length of a row as CSV, line end included. */
  readonly bytesPerRow: number;
}
