/** The number of rows of a table relative to visits, receipts, orders, ads or days, for estimates. */

/** What rows are counted by. */
export type VolumeDriver =
  | 'visit'
  | 'receipt'
  | 'line'
  | 'order'
  | 'orderLine'
  | 'storeDay'
  | 'dcDay'
  | 'impression'
  | 'day';

/** Rows for each unit of a driver; or rows that grow linearly from 0 over the first `overDays` days of the world. */
export type VolumeRate =
  | number
  | {
      /** Rows for each unit, once they have grown. */
      readonly rows: number;
      /** Days until then. */
      readonly overDays: number;
    };

/** How many rows a table has, and how long they are. */
export interface TableVolume {
  /** Rows by what drives them. */
  readonly rows: Readonly<Partial<Record<VolumeDriver, VolumeRate>>>;
  /** Mean length of a row as CSV, line end included. */
  readonly bytesPerRow: number;
}
