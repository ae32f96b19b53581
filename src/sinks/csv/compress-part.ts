/** Compresses one part: afterwards the compressed file is on disk, or nothing has changed. */
import { crc32 } from 'node:zlib';
import { TEMPORARY, writeAll } from '../../tables/atomic-file.ts';
import type { Codec } from '../../tables/compression.ts';
import { outputFault } from '../../tables/output-fault.ts';
import { type Encode, PIECE_BYTES } from './codecs.ts';
import type { CompressionJob } from './compressor.ts';
import type { FilePort } from './file-port.ts';
import { compressedOf, type FileDigest, temporaryOf } from './part-files.ts';

/** Returns the digest of the compressed file. Rejects with OutputError; the next `recover` removes incomplete files. */
export async function compressPart(
  fs: FilePort,
  codec: Codec,
  encode: Encode,
  { part, bytes, keepPlain }: CompressionJob,
): Promise<FileDigest> {
  const file = compressedOf(part, codec);
  try {
    let digest: FileDigest;
    const plain = fs.openSync(temporaryOf(part), 'r');
    try {
      digest = await writeDurably(fs, file + TEMPORARY, encode(piecesOf(fs, plain, bytes)));
    } finally {
      fs.closeSync(plain);
    }
    fs.renameSync(file + TEMPORARY, file);
    if (!keepPlain) fs.rmSync(temporaryOf(part), { force: true });
    return digest;
  } catch (error) {
    throw outputFault(file, error);
  }
}

async function writeDurably(
  fs: FilePort,
  file: string,
  content: AsyncIterable<Uint8Array>,
): Promise<FileDigest> {
  const descriptor = fs.openSync(file, 'w');
  let size = 0;
  let crc = 0;
  try {
    for await (const bytes of content) {
      writeAll(descriptor, bytes, fs.writeSync);
      size += bytes.length;
      crc = crc32(bytes, crc);
    }
    fs.fdatasyncSync(descriptor);
    return { bytes: size, crc32: crc };
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Yields the file in pieces of `PIECE_BYTES`, the last one shorter; a piece is valid until the next request. */
function* piecesOf(fs: FilePort, descriptor: number, bytes: number): Generator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(PIECE_BYTES, bytes + 1));
  for (;;) {
    let filled = 0;
    while (filled < buffer.length) {
      const read = fs.readSync(descriptor, buffer, filled, buffer.length - filled, null);
      if (read === 0) break;
      filled += read;
    }
    if (filled > 0) yield buffer.subarray(0, filled);
    if (filled < buffer.length) return;
  }
}
