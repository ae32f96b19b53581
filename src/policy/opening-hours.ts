/** When stores are open: 8:00 to 23:00 local time, shorter on major holidays. */
import { civilFromDays } from '../engine/time.ts';
import { type Holiday, holidayDay } from './holidays.ts';

export interface OpeningHours {
  /** Minute of the local day. */
  readonly openMinute: number;
  /** Minute of the local day, exclusive. */
  readonly closeMinute: number;
}

const REGULAR = hours(8, 23);
const SHORT_DAYS: readonly (readonly [Holiday, OpeningHours | undefined])[] = [
  ['new-years-day', hours(10, 20)],
  ['easter', hours(9, 20)],
  ['thanksgiving', hours(8, 15)],
  ['christmas-eve', hours(8, 18)],
  ['christmas', undefined],
  ['new-years-eve', hours(8, 21)],
];

let knownYear = Number.NaN;
let shortDays: ReadonlyMap<number, OpeningHours | undefined> = new Map();

/** Opening hours of a local day; undefined if stores are closed all day. */
export function openingHours(day: number): OpeningHours | undefined {
  const { year } = civilFromDays(day);
  if (year !== knownYear) {
    shortDays = new Map(
      SHORT_DAYS.map(([holiday, opening]) => [holidayDay(holiday, year), opening]),
    );
    knownYear = year;
  }
  return shortDays.has(day) ? shortDays.get(day) : REGULAR;
}

function hours(open: number, close: number): OpeningHours {
  return { openMinute: open * 60, closeMinute: close * 60 };
}
