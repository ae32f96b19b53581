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
    if (!isObject(left) || !isObject(right) || nameOf(left) !== nameOf(right)) {
      found.add(place);
      return;
    }
    if (met.get(left) === right) return;
    met.set(left, right);
    if (ArrayBuffer.isView(left) || left instanceof Map || left instanceof Set) {
      compare(listOf(left), listOf(right), place);
    } else if (Array.isArray(left) && Array.isArray(right)) {
      if (left.length !== right.length) found.add(place);
      else for (const [index, value] of left.entries()) compare(value, right[index], place);
    } else {
      const name = nameOf(left);
      const view = views[name] ?? ((of: object) => of);
      compareFields(view(left as never), view(right as never), name === 'Object' ? place : name);
    }
  }

  function compareFields(left: object, right: object, name: string): void {
    const of: Readonly<Record<string, unknown>> = { ...left };
    const to: Readonly<Record<string, unknown>> = { ...right };
    for (const field of new Set([...Object.keys(of), ...Object.keys(to)])) {
      const place = `${name}.${field}`;
      if (!except.has(place) && !except.has(`*.${field}`)) compare(of[field], to[field], place);
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function nameOf(value: object): string {
  return value.constructor.name;
}

function listOf(values: object): unknown[] {
  return [...(values as Iterable<unknown>)];
}
