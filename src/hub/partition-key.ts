/** The partition of a partition key, computed as in Event Hubs and its clients. */

const SEED = 0xdeadbeef;

/**
 * Returns the partition of `key` among `partitionCount`: Bob Jenkins' lookup3 over the key in UTF-8, both
 * halves folded into 16 bits with a sign.
 */
export function partitionOfKey(key: string, partitionCount: number): number {
  const { b, c } = lookup3(Buffer.from(key));
  const folded = ((c ^ b) << 16) >> 16;
  return Math.abs(folded) % partitionCount;
}

/** The two 32-bit results of lookup3 (`hashlittle2` with both seeds 0). */
function lookup3(bytes: Buffer): { b: number; c: number } {
  let a = (SEED + bytes.length) | 0;
  let b = a;
  let c = a;
  let at = 0;
  let left = bytes.length;
  for (; left > 12; left -= 12, at += 12) {
    a = (a + bytes.readInt32LE(at)) | 0;
    b = (b + bytes.readInt32LE(at + 4)) | 0;
    c = (c + bytes.readInt32LE(at + 8)) | 0;
    a = ((a - c) ^ rotate(c, 4)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ rotate(a, 6)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ rotate(b, 8)) | 0;
    b = (b + a) | 0;
    a = ((a - c) ^ rotate(c, 16)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ rotate(a, 19)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ rotate(b, 4)) | 0;
    b = (b + a) | 0;
  }
  if (left === 0) return { b, c };
  a = (a + tail(bytes, at)) | 0;
  b = (b + tail(bytes, at + 4)) | 0;
  c = (c + tail(bytes, at + 8)) | 0;
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return { b, c };
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** Up to four bytes as a little-endian word; bytes beyond the end count as zero. */
function tail(bytes: Buffer, at: number): number {
  let word = 0;
  for (let index = 0; index < 4 && at + index < bytes.length; index++) {
    word |= bytes[at + index] << (8 * index);
  }
  return word;
}
