/**
 * Reads compressed files to their ends, because DuckDB takes a cut or damaged file for a shorter one.
 */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Codec, loadZstd } from '../tables/compression.ts';

const ZSTD_MAGIC = 0xfd2fb528;
const BLOCK_HEADER_BYTES = 3;
/** By the two bits of a frame header that state it. */
const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const;

/** Returns the first bytes, at most `size`, of a file's content. Rejects if it can't be read to its end. */
export async function beginningOf(file: string, codec: Codec, size: number): Promise<Buffer> {
  const beginning: Buffer[] = [];
  let kept = 0;
  const take = (piece: Buffer) => {
    if (kept >= size) return;
    beginning.push(piece.subarray(0, size - kept));
    kept += piece.length;
  };
  if (codec === 'gzip') {
    await pipeline(createReadStream(file), createGunzip(), async (content) => {
      for await (const piece of content) take(piece);
    });
  } else {
    const { Decoder } = await loadZstd();
    const decoder = new Decoder();
    for (const frame of zstdFrames(await readFile(file))) take(decoder.decodeSync(frame));
  }
  return Buffer.concat(beginning);
}

/** Returns the frames of a zstd file (RFC 8878). Throws if it ends within one. */
export function* zstdFrames(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; ) {
    const to = endOfFrame(bytes, from);
    yield bytes.subarray(from, to);
    from = to;
  }
}

function endOfFrame(bytes: Buffer, from: number): number {
  const has = (end: number) => {
    if (end > bytes.length) throw new Error('unexpected end of file');
    return end;
  };
  has(from + 5);
  if (bytes.readUInt32LE(from) !== ZSTD_MAGIC) throw new Error(`no zstd data at byte ${from}`);
  const descriptor = bytes[from + 4];
  const single = (descriptor & 0x20) !== 0;
  const sizeBytes = CONTENT_SIZE_BYTES[descriptor >> 6] || (single ? 1 : 0);
  let at = from + 5 + (single ? 0 : 1) + DICTIONARY_ID_BYTES[descriptor & 3] + sizeBytes;
  for (let last = false; !last; ) {
    const blockHeader = bytes.readUIntLE(at, has(at + BLOCK_HEADER_BYTES) - at);
    last = (blockHeader & 1) === 1;
    const repeated = ((blockHeader >> 1) & 3) === 1;
    at = has(at + BLOCK_HEADER_BYTES + (repeated ? 1 : blockHeader >> 3));
  }
  const checksum = (descriptor & 0x04) !== 0;
  return has(at + (checksum ? 4 : 0));
}
