/** JSON that gives back exactly what it was made of, or refuses. */

import type { Json } from '../domain/plain-data.ts';

export type { Json };

/**
 * JSON text of a value. Unlike JSON.stringify it keeps the sign of -0 and throws RangeError, with the
 * place, for what JSON can't hold: NaN, infinities, undefined, typed arrays, class instances.
 */
export function exactJson(value: Json, place: string): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw unfit(value, place);
      return Object.is(value, -0) ? '-0' : String(value);
    case 'object':
      break;
    default:
      throw unfit(value, place);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    // `Array.from` visits holes, which are undefined and so are refused.
    return `[${Array.from(value, (item, i) => exactJson(item, `${place}[${i}]`)).join(',')}]`;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw unfit(value, place);
  const fields = Object.entries(value).map(
    ([key, field]) => `${JSON.stringify(key)}:${exactJson(field, `${place}.${key}`)}`,
  );
  return `{${fields.join(',')}}`;
}

function unfit(value: unknown, place: string): RangeError {
  const shown = typeof value === 'object' ? value?.constructor?.name : String(value);
  return new RangeError(`Cannot save ${shown} at "${place}": JSON has no such value`);
}
