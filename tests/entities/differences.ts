/** Compares two graphs of objects, field for field. */

export interface Comparison {
  /** Fields that are not looked at, as `Class.field`, or `*.field` of any class. */
  readonly except: ReadonlySet<string>;
  /** By class: what stands for an object of it. */
  readonly views?: Readonly<Record<string, (of: never) => object>>;
}

/**
 * The fields in which two graphs differ, as `Class.field`. Functions and private `#fields` are not seen; what both
 * graphs share is equal.
 */
export function differences(
  one: object,
  other: object,
  { except, views = {} }: Comparison,
): Set<string> {
  const found = new Set<string>();
  const met = new WeakMap<object, object>();
  compare(one, other, 'root');
  return found;

  function compare(left: unknown, right: unknown, place: string): void {
    if (Object.is(left, right) || typeof left === 'function') return;
    if (!isObject(left) || !isObject(right)) {
      found.add(place);
      return;
    }
    if (met.get(left) === right) return;
    met.set(left, right);
    const name = left.constructor.name;
    if (name !== right.constructor.name) found.add(place);
    else if (ArrayBuffer.isView(left)) {
      if (!sameValues(left as Float64Array, right as Float64Array)) found.add(place);
    } else if (left instanceof Map || left instanceof Set) {
      compare([...left], [...(right as typeof left)], place);
    } else if (Array.isArray(left)) {
      if (left.length !== (right as unknown[]).length) found.add(place);
      else left.forEach((value, index) => compare(value, (right as unknown[])[index], place));
    } else {
      const view = views[name] ?? ((of: object) => of);
      const fields = name === 'Object' ? place : name;
      compareFields(view(left as never), view(right as never), fields);
    }
  }

  function compareFields(left: object, right: object, name: string): void {
    const [of, to] = [left, right] as Record<string, unknown>[];
    for (const field of new Set([...Object.keys(of), ...Object.keys(to)])) {
      const place = `${name}.${field}`;
      if (!except.has(place) && !except.has(`*.${field}`)) compare(of[field], to[field], place);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function sameValues(left: Float64Array, right: Float64Array): boolean {
  return (
    left.length === right.length && left.every((value, index) => Object.is(value, right[index]))
  );
}
