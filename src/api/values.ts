/** Values that many requests have, checked as the OpenAPI document says. */
import { z } from '@hono/zod-openapi';

/** A text of so many characters at most: those that people count, of which some take two places in memory. */
export function text(most: number) {
  return z
    .string()
    .refine((given) => given.length <= most || [...given].length <= most, {
      error: `expected at most ${most} characters`,
    })
    .openapi({ maxLength: most });
}

/** A whole number in a query or a path, written in digits. */
export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^-?\d{1,15}$/, { error: 'expected a whole number' })
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .openapi({ type: 'integer', minimum: min, maximum: max });
}

/** The same where it may be left out. */
export function wholeNumberOr(orElse: number, min: number, max: number) {
  return wholeNumber(min, max).default(orElse).openapi({ default: orElse });
}
