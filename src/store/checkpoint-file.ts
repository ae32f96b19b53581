/**
 * The file format of a checkpoint: named sections, each a typed array or a JSON value, in one file. A file that
 * is not complete is refused.
 *
 * Layout, little-endian: magic and format version (8 bytes), length of the table of contents (8
 * bytes), the table of contents as JSON, the sections, each aligned to 8 bytes, and a SHA-256
 * of all preceding bytes. The same content gives the same bytes on every machine.
 */
import { createHash } from 'node:crypto';
import { InputError } from '../domain/errors.ts';
import type { Sections } from '../domain/plain-data.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { exactJson, type Json } from './exact-json.ts';
import { FileSource, updateHash } from './file-source.ts';
import { arrayKind, isTypedArray, typedArray } from './typed-arrays.ts';

export type { Json } from './exact-json.ts';

export type { Sections };

/** The header of a checkpoint. `version` is that of the saved state, not of the file format. */
export type CheckpointHeader = { readonly version: number } & { readonly [key: string]: Json };

export interface Checkpoint {
  readonly header: CheckpointHeader;
  readonly sections: Sections;
  /** SHA-256 of the content, hexadecimal, as `writeCheckpoint` returned it. */
  readonly sha256: string;
}

interface Entry {
  readonly name: string;
  /** `json`, or the name of a typed array. */
  readonly type: string;
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly length: number;
}

interface Contents {
  readonly header: CheckpointHeader;
  readonly sections: readonly Entry[];
}

/** The last byte is the version of the file format. */
const MAGIC = Buffer.from('SIMCKPT\u0001', 'latin1');
const CONTENTS_AT = 16;
const ALIGNMENT = 8;
const DIGEST_BYTES = 32;

/**
 * Writes a checkpoint, or replaces an older one, in one step, and syncs it to disk.
 * Returns the SHA-256 of its content, hexadecimal. Throws OutputError; RangeError for a value
 * that JSON can't represent (NaN, undefined, a typed array inside).
 */
export function writeCheckpoint(
  file: string,
  header: CheckpointHeader,
  sections: Sections,
): string {
  const payloads = Object.entries(sections).map(([name, value]) => ({
    name,
    type: isTypedArray(value) ? arrayKind(value) : 'json',
    bytes: isTypedArray(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : Buffer.from(exactJson(value, name)),
  }));
  // Offsets are relative to the end of the table of contents, so that they don't depend on its length.
  let offset = 0;
  const entries = payloads.map(({ name, type, bytes }): Entry => {
    const entry = { name, type, offset, length: bytes.length };
    offset = aligned(offset + bytes.length);
    return entry;
  });
  const contents = Buffer.from(exactJson({ header, sections: entries } as unknown as Json, ''));
  const start = Buffer.alloc(CONTENTS_AT);
  MAGIC.copy(start);
  start.writeBigUInt64LE(BigInt(contents.length), MAGIC.length);
  const pieces = [start, ...padded(contents), ...payloads.flatMap(({ bytes }) => padded(bytes))];
  const hash = createHash('sha256');
  for (const piece of pieces) updateHash(hash, piece);
  const digest = hash.digest();
  writeFileAtomic(file, [...pieces, digest]);
  return digest.toString('hex');
}

/**
 * Reads a checkpoint; the caller owns its arrays. Throws InputError for a file that is missing,
 * not a checkpoint, of another format, truncated or altered, or whose digest is not `sha256`.
 */
export function readCheckpoint(file: string, sha256?: string): Checkpoint {
  try {
    const source = new FileSource(file);
    try {
      return readFrom(source, file, sha256);
    } finally {
      source.close();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw refused(file, code === 'ENOENT' ? 'it is missing' : message);
  }
}

function readFrom(source: FileSource, file: string, sha256: string | undefined): Checkpoint {
  const end = source.size - DIGEST_BYTES;
  const start = end >= CONTENTS_AT ? source.bytes(0, CONTENTS_AT) : Buffer.alloc(CONTENTS_AT);
  if (start.compare(MAGIC, 0, 7, 0, 7) !== 0) {
    throw refused(file, 'it is not a checkpoint of this program, or is cut off at its start');
  }
  if (start[7] !== MAGIC[7]) {
    throw refused(file, `it has format ${start[7]}, expected format ${MAGIC[7]}`);
  }
  // The checksum is verified before any content is used.
  const digest = source.sha256(end);
  if (!digest.equals(source.bytes(end, DIGEST_BYTES))) {
    throw refused(file, 'its checksum does not match: it is truncated or was altered');
  }
  if (sha256 !== undefined && digest.toString('hex') !== sha256) {
    throw refused(
      file,
      `it is another checkpoint, expected the one with digest ${sha256.slice(0, 12)}…`,
    );
  }
  const contentsLength = Number(start.readBigUInt64LE(MAGIC.length));
  const contents = parse<Contents>(source.bytes(CONTENTS_AT, contentsLength));
  const payloadAt = aligned(CONTENTS_AT + contentsLength);
  const sections = contents.sections.map(({ name, type, offset, length }) => {
    const payload = source.bytes(payloadAt + offset, length);
    return [name, type === 'json' ? parse<Json>(payload) : typedArray(type, payload.buffer)];
  });
  const named = Object.fromEntries(sections) as Sections;
  return { header: contents.header, sections: named, sha256: digest.toString('hex') };
}

function refused(file: string, reason: string): InputError {
  return new InputError(
    `Cannot read the checkpoint "${file}": ${reason}. Restore the file from a copy, or remove the ` +
      'world with "sim clear" and generate it again.',
  );
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

function padded(bytes: Uint8Array): Uint8Array[] {
  const padding = aligned(bytes.length) - bytes.length;
  return padding === 0 ? [bytes] : [bytes, new Uint8Array(padding)];
}

function parse<Value>(bytes: Buffer): Value {
  return JSON.parse(bytes.toString('utf8')) as Value;
}
