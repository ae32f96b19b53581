/** Texts that a row shares with the rows before it, in the same table or in others. */
import { IdStamp } from './id-stamp.ts';
import { InstantStamp } from './instant-stamp.ts';

/** Shared by the writers of rows in order of time: one cause writes rows in several tables. */
export class RowStamps {
  readonly instant = new InstantStamp();
  readonly trace = new IdStamp();
  readonly receipt = new IdStamp();
}

/** Fields whose ids repeat in consecutive rows, and the stamp that caches them. */
export const STAMPED_IDS: Readonly<Record<string, keyof RowStamps>> = {
  traceId: 'trace',
  sessionId: 'trace',
  receiptId: 'receipt',
};
