/** Shape of the parameters of scenario files; descriptions go into the JSON Schema. */
import { z } from 'zod';
import { text } from './rules.ts';

const VALUE_FORM = 'a number, a text, true or false';
const value = z.union([z.number(), z.string(), z.boolean()], { error: VALUE_FORM });
const NAME = /^[A-Za-z][A-Za-z0-9]*$/;
const NAME_FORM = 'a name of letters and digits, such as outageDays';

/** The declarations: a default alone, or with its limits and a sentence. */
export const PARAMETERS = z
  .record(
    z.string().regex(NAME, { error: NAME_FORM }),
    z.union(
      [
        value,
        z.strictObject({
          default: value,
          minimum: z.number({ error: 'a number' }).optional(),
          maximum: z.number({ error: 'a number' }).optional(),
          about: text('a sentence').optional(),
        }),
      ],
      { error: `${VALUE_FORM}, or { default, minimum, maximum, about }` },
    ),
    { error: 'parameters by name' },
  )
  .describe('Values with defaults, used in $-braces and set with --set name=value.');

export type Declarations = z.infer<typeof PARAMETERS>;
