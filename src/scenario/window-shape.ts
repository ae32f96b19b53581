/** Shape of the windows and ramps of scenario files; descriptions go into the JSON Schema. */
import { z } from 'zod';
import { isRelative, parseMoment } from '../engine/moment.ts';
import { HOLIDAYS } from '../policy/holidays.ts';
import { CONDITION_FORM, conditionOf } from './condition.ts';
import { SKIES } from '../domain/values.ts';
import { listOf, oneOf, real, whole } from './rules.ts';

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

const holidayDays = {
  fromDays: days.default(0).describe('First day, relative to the holiday.'),
  toDays: days.default(1).describe('Day after the last one, relative to the holiday.'),
};

export const RECURRENCES = [
  'day',
  'weekday',
  'weekend',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
const recurrence = oneOf(RECURRENCES);
const someSkies = oneOf(SKIES);

/** What each kind of window contains, in the order in which a file is compared with them. */
const INSTANTS = { from: bound, to: bound };
const HOLIDAY = { holiday: oneOf(HOLIDAYS), ...holidayDays };
const DAYS = { fromDays: days, toDays: days };
const HOURS = { fromHours: hours, toHours: hours };
const EVERY = {
  every: z.union([recurrence, listOf(recurrence, 'days of the week')], {
    error: `one of ${RECURRENCES.join(', ')}, or a list of them`,
  }),
  fromHour: real(0, 24).default(0).describe('Hour on the local clock; 17.5 is half past five.'),
  toHour: real(0, 48).default(24).describe('Hour after the last one; 26 is 2 in the night after.'),
  from: bound.optional().describe('Not before this instant.'),
  to: bound.optional().describe('Not from this instant on.'),
};
const MONTHLY = {
  monthDay: whole(1, 31, 'a day of the month, 1 to 31').describe(
    'Day of every month; the last one of months that are shorter.',
  ),
  fromDays: days.default(0).describe('First day, relative to the day of the month.'),
  toDays: days.default(1).describe('Day after the last one, relative to the day of the month.'),
};
const WEATHER = {
  weather: z.union([someSkies, listOf(someSkies, 'skies')], {
    error: `one of ${SKIES.join(', ')}, or a list of them`,
  }),
  atLeastDays: whole(1, 366, 'a whole number of days from 1')
    .default(1)
    .describe('Spells of fewer days do not count.'),
  fromDays: days.default(0).describe('First day, relative to the first day of the spell.'),
  toDays: days
    .default(1)
    .describe('Day after the last one, relative to the last day of the spell.'),
};

const CONDITION = {
  when: z
    .string({ error: CONDITION_FORM })
    .refine((text) => conditionOf(text) !== undefined, { error: CONDITION_FORM }),
  from: bound.optional().describe('Not before this instant.'),
  to: bound.optional().describe('Not from this instant on.'),
};

const ABOUT = {
  instants: 'From an instant to another, exclusive.',
  holiday: 'Around a holiday of every year, from midnight to midnight on the local clock.',
  days: "Days of 24 hours from the world's opening, exclusive.",
  hours: "Hours from the world's opening, exclusive.",
  every: 'Hours of each of these days of the week, on the local clock.',
  monthly: 'Around a day of every month, from midnight to midnight on the local clock.',
  condition: 'While something is so in the store, looked at every hour in which it is open.',
  weather: "Around each spell of days on which the region's weather has one of these skies.",
};

const WINDOW_FORM =
  'a window: from and to, holiday, fromDays and toDays, fromHours and toHours, every, monthDay';

/** Windows that the calendar alone decides. */
export const KNOWN_WINDOW = z
  .union(
    [
      z.strictObject(INSTANTS).describe(ABOUT.instants),
      z.strictObject(HOLIDAY).describe(ABOUT.holiday),
      z.strictObject(DAYS).describe(ABOUT.days),
      z.strictObject(HOURS).describe(ABOUT.hours),
      z.strictObject(EVERY).describe(ABOUT.every),
      z.strictObject(MONTHLY).describe(ABOUT.monthly),
    ],
    { error: WINDOW_FORM },
  )
  .meta({ id: 'knownWindow' });

const chance = {
  probability: real(0, 1)
    .optional()
    .describe(
      'Chance of each of its periods, drawn once for a region and all effects of the scenario; 1 without it.',
    ),
};

/** All windows of effects. */
export const WINDOW = z
  .union(
    [
      z.strictObject({ ...INSTANTS, ...chance }).describe(ABOUT.instants),
      z.strictObject({ ...HOLIDAY, ...chance }).describe(ABOUT.holiday),
      z.strictObject({ ...DAYS, ...chance }).describe(ABOUT.days),
      z.strictObject({ ...HOURS, ...chance }).describe(ABOUT.hours),
      z.strictObject({ ...EVERY, ...chance }).describe(ABOUT.every),
      z.strictObject({ ...MONTHLY, ...chance }).describe(ABOUT.monthly),
      z.strictObject({ ...WEATHER, ...chance }).describe(ABOUT.weather),
      z.strictObject(CONDITION).describe(ABOUT.condition),
    ],
    { error: `${WINDOW_FORM}, weather, or when` },
  )
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
export type KnownWindow = z.infer<typeof KNOWN_WINDOW>;
export type Ramp = z.infer<typeof RAMP>;

function isMoment(candidate: string): boolean {
  try {
    parseMoment(candidate, 0);
    return true;
  } catch {
    return false;
  }
}
