/**
 * Typed arrays on memory that all threads of the process share: sending them to a worker copies nothing.
 *
 * Use them for data that is written while the world is built and only read afterwards: nothing here
 * synchronises threads.
 */

const TYPES = { Uint8Array, Int32Array, Float32Array, Float64Array };
type TypeName = keyof typeof TYPES;

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

/** A shared array as it is sent: Deno copies views element by element, but never buffers. */
interface SentArray {
  readonly type: TypeName;
  readonly buffer: SharedArrayBuffer;
}

/** A record whose shared arrays can be sent to another thread. */
export type Sent<T> = { [K in keyof T]: T[K] extends ArrayBufferView ? SentArray : T[K] };

/** A record of shared arrays and plain values, for `postMessage` or `workerData`. */
export function sent<T extends object>(record: T): Sent<T> {
  return mapped(record, (value) => {
    if (!ArrayBuffer.isView(value)) return value;
    const type = Object.prototype.toString.call(value).slice('[object '.length, -1);
    if (!(type in TYPES && value.buffer instanceof SharedArrayBuffer)) {
      throw new TypeError(`Cannot send this ${type}: expected one made by sharedArray`);
    }
    return { type, buffer: value.buffer };
  }) as Sent<T>;
}

/** Returns the record that was sent; it shares its arrays with the sender. */
export function received<T extends object>(record: Sent<T>): T {
  return mapped(record, (value) => {
    const { type, buffer } = Object(value) as Partial<SentArray>;
    if (type === undefined || !(buffer instanceof SharedArrayBuffer)) return value;
    const Type: ArrayClass<unknown> = TYPES[type];
    return new Type(buffer);
  }) as T;
}

function mapped(record: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
