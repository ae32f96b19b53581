/** Parses instants as people write them: absolute, or relative to another instant. */
import { DAY_MS, HOUR_MS, MINUTE_MS, parseInstant } from './time.ts';

const UNIT_MS = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS } as const;
const RELATIVE = /^(now|today)?(?:([+-]\d{1,7})(m|h|d|w))?$/;

/** The accepted forms, for messages and help. */
export const MOMENT_FORM =
  'YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS[.mmm]Z (UTC, or with an offset such as +02:00), now, today, or a length ' +
  'of time such as -7d (m, h, d, w)';

/** Returns whether a text is relative to another instant. */
export function isRelative(text: string): boolean {
  return text !== '' && RELATIVE.test(text);
}

/**
 * Returns the epoch ms of an absolute instant, or of a relative one: `now`, `today` (00:00 UTC), `-7d`, `+12h`,
 * `today-2w`.
 * @param anchorMs the instant that `now` means
 * @throws RangeError quoting the text and what was expected
 */
export function parseMoment(text: string, anchorMs: number): number {
  const match = text === '' ? null : RELATIVE.exec(text);
  if (match !== null) {
    const lengthMs =
      match[2] === undefined ? 0 : Number(match[2]) * UNIT_MS[match[3] as keyof typeof UNIT_MS];
    const fromMs = match[1] === 'today' ? Math.floor(anchorMs / DAY_MS) * DAY_MS : anchorMs;
    return fromMs + lengthMs;
  }
  try {
    return parseInstant(text);
  } catch (error) {
    if (/^\d{4}-\d\d-\d\d/.test(text)) throw error;
    throw new RangeError(`"${text}" is not an instant: expected ${MOMENT_FORM}`);
  }
}
