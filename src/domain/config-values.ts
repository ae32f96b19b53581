/** Values that settings of the config may have. The message of each says what is expected, as an end to "expected …". */
import { z } from 'zod';

export function whole(min: number, max = Number.MAX_SAFE_INTEGER, orElse = '') {
  const error = `a whole number from ${min} to ${max}${orElse}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

export function real(min: number, max: number) {
  const error = `a number from ${min} to ${max}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

export const section = 'a section in braces: { … }';
export const flag = z.boolean({ error: 'true or false' });
export const text = z.string({ error: 'a text' });

export const filled = z
  .string({ error: 'a text that is not empty' })
  .trim()
  .min(1, { error: 'a text that is not empty' });
