/** `--rate`: events a second, in the forms people write. */
import { InputError } from '../domain/errors.ts';
import { MOST_PER_SECOND } from '../stream/pace-asked.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, sec: 1, min: 60, m: 60, h: 3600 };

/** Converts `500/s`, `500`, `30/min` or `1000/h` to events a second. @throws InputError */
export function eventRate(text: string): number {
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)(?:\/(s|sec|m|min|h))?$/.exec(text.trim()) ?? [];
  const perSecond = Number(count) / SECONDS[unit];
  if (perSecond > 0 && perSecond <= MOST_PER_SECOND) return perSecond;
  throw new InputError(
    `--rate is "${text}": expected a number of events above 0 and at most ${MOST_PER_SECOND} a second, ` +
      'such as 500/s, 30/min or 1000/h',
  );
}
