/** Instants in the options of the library. */
import { InputError, reasonOf } from '../domain/errors.ts';
import { parseInstant } from '../engine/time.ts';

/** `2024-01-01` (00:00 UTC), `2024-01-01T12:00:00Z`, a date, or epoch ms. */
export type Instant = string | number | Date;

/** Begin and end of a history. */
export interface WindowOptions {
  /** Start of a new world; by default the config's `historical.start_date`. */
  readonly from?: Instant;
  /** End, exclusive. */
  readonly to?: Instant;
  /** Length in days, instead of `to`; seven without either. */
  readonly days?: number;
}

/** Returns an instant as epoch ms. @param name name of the option, for the message @throws InputError */
export function instantMs(name: string, given: Instant): number {
  if (typeof given === 'string') {
    try {
      return parseInstant(given);
    } catch (error) {
      throw new InputError(`${name}: ${reasonOf(error)}`);
    }
  }
  const ms = Number(given);
  if (Number.isSafeInteger(ms)) return ms;
  throw new InputError(
    `${name} is ${String(given)}: expected an ISO text, a valid date, or whole milliseconds since 1970`,
  );
}

/** Returns the window with instants as epoch ms. @throws InputError */
export function windowOf({ from, to, days }: WindowOptions) {
  if (to !== undefined && days !== undefined) {
    throw new InputError('Cannot use both to and days: give one of them');
  }
  if (days !== undefined && !(Number.isSafeInteger(days) && days > 0)) {
    throw new InputError(`days is ${days}: expected a whole number of at least 1`);
  }
  return {
    ...(from !== undefined && { fromMs: instantMs('from', from) }),
    ...(to !== undefined && { toMs: instantMs('to', to) }),
    ...(days !== undefined && { days }),
  };
}
