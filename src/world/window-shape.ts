/** Shape of the windows and ramps of scenario files; descriptions go into the JSON Schema. */
import { z } from 'zod';
import { parseInstant } from '../engine/time.ts';
import { HOLIDAYS } from '../policy/holidays.ts';
import { oneOf, real, whole } from './scenario-rules.ts';

const INSTANT_FORM = 'an instant as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ';
export const instant = z
  .string({ error: INSTANT_FORM })
  .refine(isInstant, { error: INSTANT_FORM })
  .meta({
    id: 'instant',
    description: 'Instant in UTC: 2024-01-06 or 2024-01-06T13:30:00Z.',
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
  z.strictObject({ from: instant, to: instant }).describe('From an instant to another, exclusive.'),
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

function isInstant(candidate: string): boolean {
  try {
    parseInstant(candidate);
    return true;
  } catch {
    return false;
  }
}
