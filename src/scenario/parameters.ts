/** Parameters of scenario files: declared with a default, set from outside, used as `${outageDays}` or `${outageDays + 2}`. */
import { InputError, reasonOf } from '../domain/errors.ts';
import { evaluate, UnknownName, type Values } from './expression.ts';
import type { Declarations } from './parameter-shape.ts';
import { type Problem, quoted, suggestion } from './problems.ts';

const EXPRESSION = /\$\{([^}]*)\}/g;
const WHOLE = /^\$\{([^}]*)\}$/;

/**
 * Returns the values of declared parameters.
 * @param set values from outside, by name; names that are not declared are left to others
 * @throws InputError for a value of another type, or outside the limits
 */
export function parameterValues(declared: Declarations, set: Values, file: string): Values {
  const values: Record<string, string | number | boolean> = {};
  for (const [name, declaration] of Object.entries(declared)) {
    const form = typeof declaration === 'object' ? declaration : { default: declaration };
    const given = Object.hasOwn(set, name) ? set[name] : form.default;
    const expected = expectedOf(form);
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } =
      'minimum' in form || 'maximum' in form ? form : {};
    const isWrong =
      typeof given !== typeof form.default ||
      (typeof given === 'number' && !(given >= minimum && given <= maximum));
    if (isWrong) {
      throw new InputError(
        `Cannot use scenario ${file}: its parameter ${name} is ${quoted(given)}: expected ${expected}`,
      );
    }
    values[name] = given;
  }
  return values;
}

function expectedOf(form: Partial<Record<'default' | 'minimum' | 'maximum', unknown>>): string {
  if (typeof form.default === 'boolean') return 'true or false';
  if (typeof form.default === 'string') return 'a text';
  const { minimum, maximum } = form;
  if (minimum !== undefined && maximum !== undefined)
    return `a number from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `a number of at least ${minimum}`;
  return maximum === undefined ? 'a number' : `a number of at most ${maximum}`;
}

/** Returns a parsed file with every expression replaced by its value, and what is wrong with some. */
export function withValues(
  raw: unknown,
  values: Values,
): { readonly raw: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const replaced = (part: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof part === 'string') return replacedText(part, path);
    if (Array.isArray(part)) return part.map((element, at) => replaced(element, [...path, at]));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [key, replaced(inner, [...path, key])]),
    );
  };
  const replacedText = (part: string, path: readonly PropertyKey[]): unknown => {
    try {
      const whole = WHOLE.exec(part);
      if (whole !== null) return evaluate(whole[1], values);
      return part.replace(EXPRESSION, (_, expression) => String(evaluate(expression, values)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const what = error instanceof UnknownName ? unknownText(error) : reasonOf(error);
      problems.push({ path, text: `is ${quoted(part)}: expected ${what}` });
      return part;
    }
  };
  return { raw: replaced(raw, []), problems };
}

function unknownText({ unknown, known }: UnknownName): string {
  const list = known.length === 0 ? 'it has none, declare it under params' : known.join(', ');
  return `a parameter of the scenario: ${list}${suggestion(unknown, known)}`;
}
