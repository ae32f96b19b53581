/**
 * Typed arrays on memory that all threads of the process share: posted to a worker they cost no copy.
 *
 * Meant for what is written while the world is built and only read from then on: nothing here
 * synchronises threads.
 */

type ArrayClass<T> = {
  new (buffer: SharedArrayBuffer): T;
  readonly BYTES_PER_ELEMENT: number;
};

/** A shared array of `length` zeros. */
export function sharedArray<T>(type: ArrayClass<T>, length: number): T {
  return new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT));
}

/** A shared array of the given values. */
export function sharedFrom<T extends { set(values: ArrayLike<number>): void }>(
  type: ArrayClass<T>,
  values: ArrayLike<number>,
): T {
  const array = sharedArray(type, values.length);
  array.set(values);
  return array;
}
