/** Rules shared by the parts of scenario files. A rule's message says what is expected, as an end to "expected …". */
import { z } from 'zod';

export function text(error: string) {
  return z.string({ error }).trim().min(1, { error });
}

export function whole(min: number, max: number, error: string) {
  return z.int({ error }).min(min, { error }).max(max, { error });
}

export function real(min: number, max: number) {
  const error = `a number from ${min} to ${max}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

export function listOf<T extends z.ZodType>(element: T, what: string) {
  const error = `a list of ${what}, not empty`;
  return z.array(element, { error }).min(1, { error });
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}
