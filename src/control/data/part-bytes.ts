/** What a file of a table holds, plain or compressed, piece by piece or from its end. */
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { codecOf, loadZstd } from '../../tables/compression.ts';
import { zstdFrames } from '../../verify/compressed.ts';

/** Short enough that whoever works on a piece soon lets others have their turn. */
const PIECE_BYTES = 256 * 1024;

/**
 * The content from its beginning; a piece stays as it is until the next is asked for. Decompression is the
 * thread pool's work.
 */
export async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  switch (codecOf(file)) {
    case undefined:
      yield* plain(file);
      break;
    case 'gzip':
      yield* gunzipped(file);
      break;
    case 'zstd':
      for (const frame of zstdFrames(await readFile(file))) {
        const bytes = await decoded(frame);
        for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
          yield bytes.subarray(at, at + PIECE_BYTES);
          await setImmediate();
        }
      }
  }
}

/** The last bytes of the content, at least `length` of them, or all there are. */
export async function endOf(
  file: string,
  length: number,
): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const codec = codecOf(file);
  if (codec === undefined) return plainEnd(file, length);
  const pieces: Buffer[] = [];
  let kept = 0;
  let isWhole = true;
  if (codec === 'zstd') {
    // Each frame can be read on its own.
    const frames = [...zstdFrames(await readFile(file))];
    for (let frame = frames.pop(); frame !== undefined; frame = frames.pop()) {
      isWhole = frames.length === 0;
      const piece = await decoded(frame);
      pieces.unshift(piece);
      kept += piece.length;
      if (kept >= length) break;
    }
  } else {
    for await (const piece of gunzipped(file)) {
      pieces.push(piece);
      kept += piece.length;
      while (kept - pieces[0].length >= length) {
        kept -= (pieces.shift() as Buffer).length;
        isWhole = false;
      }
    }
  }
  return { bytes: Buffer.concat(pieces), isWhole };
}

/** Always into the same buffer: to take another from the system each time costs as much as to read. */
async function* plain(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function plainEnd(file: string, length: number) {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - length);
    const buffer = Buffer.allocUnsafe(size - from);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
    return { bytes: buffer.subarray(0, bytesRead), isWhole: from === 0 };
  } finally {
    await handle.close();
  }
}

function gunzipped(file: string): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  // Who reads it is told of a fault of either.
  pipeline(createReadStream(file), gunzip, () => {});
  return gunzip;
}

async function decoded(frame: Buffer): Promise<Buffer> {
  const { Decoder } = await loadZstd();
  return new Decoder().decode(frame);
}
