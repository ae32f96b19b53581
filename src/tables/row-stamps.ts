/** Texts that rows have in common with the rows before them, in the same table or in others. */
import { IdStamp } from './id-stamp.ts';
import { InstantStamp } from './instant-stamp.ts';

/** Shared by the writers of rows that come in order of time: one cause writes rows in several tables. */
export class RowStamps {
  readonly instant = new InstantStamp();
  readonly trace = new IdStamp();
  readonly receipt = new IdStamp();
}

/** Fields whose ids come again at once, and the stamp that keeps them. */
export const STAMPED_IDS: Readonly<Record<string, keyof RowStamps>> = {
  traceId: 'trace',
  sessionId: 'trace',
  receiptId: 'receipt',
};
