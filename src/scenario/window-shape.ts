/** Shape of the windows and ramps of scenario files; descriptions go into the JSON Schema. */
import { z } from 'zod';
import { isRelative, parseMoment } from '../engine/moment.ts';
import { HOLIDAYS } from '../policy/holidays.ts';
import { oneOf, real, whole } from './rules.ts';

const INSTANT_FORM = 'an instant as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ';
/** An instant that must be absolute. */
export const instant = z
  .string({ error: INSTANT_FORM })
  .refine((text) => isMoment(text) && !isRelative(text), { error: INSTANT_FORM })
  .meta({
    id: 'instant',
    description:
      'Instant in UTC, 2024-01-06 or 2024-01-06T13:30:00Z, or with an offset such as +02:00.',
  });
const BOUND_FORM = `${INSTANT_FORM}, or from the world's opening: now, today, +7d (m, h, d, w)`;
/** An instant that may be relative to the opening of the world, but not to the current day. */
const bound = z
  .string({ error: BOUND_FORM })
  .refine(isMoment, { error: BOUND_FORM })
  .meta({
    id: 'bound',
    description:
      "Instant in UTC, 2024-01-06 or 2024-01-06T13:30:00Z, or one that counts from the world's opening: now is " +
      'the opening itself, today its 00:00 UTC, +7d a week later, -12h half a day before.',
  });
const days = whole(-100_000, 100_000, 'a whole number of days');
const hours = whole(-2_400_000, 2_400_000, 'a whole number of hours');

const holidayWindow = z
  .strictObject({
    holiday: oneOf(HOLIDAYS),
    fromDays: days.default(0).describe('First day, relative to the holiday.'),
    toDays: days.default(1).describe('Day after the last one, relative to the holiday.'),
  })
  .describe('Around a holiday of every year, from midnight to midnight on the local clock.');

const WINDOW_KINDS = [
  z.strictObject({ from: bound, to: bound }).describe('From an instant to another, exclusive.'),
  holidayWindow,
  z
    .strictObject({ fromDays: days, toDays: days })
    .describe("Days of 24 hours from the world's opening, exclusive."),
  z
    .strictObject({ fromHours: hours, toHours: hours })
    .describe("Hours from the world's opening, exclusive."),
] as const;

export const WINDOW = z
  .union(WINDOW_KINDS, {
    error: 'a window: from and to, holiday, fromDays and toDays, or fromHours and toHours',
  })
  .meta({ id: 'window' });

const rampDays = real(0, 3660).default(0);
const rampHours = real(0, 87_840).default(0);
export const RAMP = z
  .union(
    [
      z.strictObject({ upDays: rampDays, downDays: rampDays }),
      z.strictObject({ upHours: rampHours, downHours: rampHours }),
    ],
    { error: 'a ramp: upDays and downDays, or upHours and downHours' },
  )
  .meta({
    id: 'ramp',
    description: 'How long the effect takes to build up and to fade, within its window.',
  });

export type Window = z.infer<typeof WINDOW>;
export type Ramp = z.infer<typeof RAMP>;

function isMoment(candidate: string): boolean {
  try {
    parseMoment(candidate, 0);
    return true;
  } catch {
    return false;
  }
}
