/** Schemas of common values of requests. */
import { z } from '@hono/zod-openapi';

/** Returns the schema of a text. @param most maximum number of Unicode characters (some have two UTF-16 units) */
export function text(most: number) {
  return z
    .string()
    .refine((given) => given.length <= most || [...given].length <= most, {
      error: `expected at most ${most} characters`,
    })
    .openapi({ maxLength: most });
}

/** Returns the schema of a whole number in a query or a path, in digits. */
export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^-?\d{1,15}$/, { error: 'expected a whole number' })
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .openapi({ type: 'integer', minimum: min, maximum: max });
}

/** Returns the schema of an optional whole number. @param orElse its default */
export function wholeNumberOr(orElse: number, min: number, max: number) {
  return wholeNumber(min, max).default(orElse).openapi({ default: orElse });
}
