/** Typed arrays by name, and as little-endian bytes. */
import { endianness } from 'node:os';
import type { TypedArray } from '../domain/plain-data.ts';

const KINDS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};
type Kind = keyof typeof KINDS;

/** Throws on a big-endian machine, because arrays have the same bytes in files as in memory. */
function requireLittleEndian(): void {
  if (endianness() !== 'LE') {
    throw new Error('Cannot save state on a big-endian machine: use x86-64 or ARM64');
  }
}

export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Returns the name of the array's type; `Uint8Array` for a Buffer. */
export function arrayKind(array: TypedArray): string {
  requireLittleEndian();
  return array[Symbol.toStringTag];
}

/** Returns an array of the named type over the bytes of a buffer. */
export function typedArray(kind: string, bytes: ArrayBuffer): TypedArray {
  requireLittleEndian();
  return new KINDS[kind as Kind](bytes);
}
