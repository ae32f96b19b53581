/** JSON text that parses to exactly the same value, or an error. */

import type { Json } from '../domain/plain-data.ts';

export type { Json };

/**
 * Returns the JSON text of a value. Unlike JSON.stringify it keeps the sign of -0 and throws RangeError with the
 * place of a value that JSON can't represent: NaN, infinities, undefined, typed arrays, class instances.
 */
export function exactJson(value: Json, place: string): string {
  return isKeptByStringify(value) ? JSON.stringify(value) : careful(value, place);
}

/** Whether JSON.stringify represents a value exactly. */
function isKeptByStringify(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isKeptByStringify(value[i])) return false;
    return true;
  }
  return isPlain(value) && Object.values(value).every(isKeptByStringify);
}

/** Converts item by item, to keep the sign of -0 and to know the place of a refused value. */
function careful(value: Json, place: string): string {
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
    // `Array.from` also visits holes, which are undefined and therefore refused.
    return `[${Array.from(value, (item, i) => careful(item, `${place}[${i}]`)).join(',')}]`;
  }
  if (!isPlain(value)) throw unfit(value, place);
  const fields = Object.entries(value).map(
    ([key, field]) => `${JSON.stringify(key)}:${careful(field, `${place}.${key}`)}`,
  );
  return `{${fields.join(',')}}`;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function unfit(value: unknown, place: string): RangeError {
  const shown = typeof value === 'object' ? value?.constructor?.name : String(value);
  return new RangeError(`Cannot save ${shown} at "${place}": JSON has no such value`);
}
