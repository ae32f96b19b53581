/** Reads the content of a part, plain or compressed: all of it in pieces, or its end. */
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { codecOf, loadZstd } from '../../tables/compression.ts';
import { zstdFrames } from '../../verify/compressed.ts';

const PIECE_BYTES = 256 * 1024;

export interface End {
  readonly bytes: Buffer;
  /** Whether it is the whole content. */
  readonly isWhole: boolean;
}

/** Yields the content from its beginning. */
export async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  const codec = codecOf(file);
  if (codec === undefined) yield* createReadStream(file, { highWaterMark: PIECE_BYTES });
  else if (codec === 'gzip') yield* gunzipped(file);
  else for (const frame of zstdFrames(await readFile(file))) yield decoded(frame);
}

/** Returns the last bytes of the content: at least `length`, or the whole content. */
export async function endOf(file: string, length: number): Promise<End> {
  const codec = codecOf(file);
  if (codec === undefined) return endOfPlain(file, length);
  return codec === 'gzip' ? endOfGzip(file, length) : endOfZstd(file, length);
}

async function endOfPlain(file: string, length: number): Promise<End> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - length);
    const buffer = Buffer.alloc(size - from);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
    return { bytes: buffer.subarray(0, bytesRead), isWhole: from === 0 };
  } finally {
    await handle.close();
  }
}

/** Reads the file from its beginning, keeping only the end. */
async function endOfGzip(file: string, length: number): Promise<End> {
  const pieces: Buffer[] = [];
  let kept = 0;
  let isWhole = true;
  for await (const piece of gunzipped(file)) {
    pieces.push(piece);
    kept += piece.length;
    while (kept - pieces[0].length >= length) {
      kept -= pieces[0].length;
      pieces.shift();
      isWhole = false;
    }
  }
  return { bytes: Buffer.concat(pieces), isWhole };
}

/** Reads only the last frames, since each frame can be read independently. */
async function endOfZstd(file: string, length: number): Promise<End> {
  const frames = [...zstdFrames(await readFile(file))];
  const pieces: Buffer[] = [];
  let kept = 0;
  while (frames.length > 0 && kept < length) {
    const piece = await decoded(frames.pop() as Buffer);
    pieces.unshift(piece);
    kept += piece.length;
  }
  return { bytes: Buffer.concat(pieces), isWhole: frames.length === 0 };
}

function gunzipped(file: string): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  // The reader of the result gets the errors of both streams.
  pipeline(createReadStream(file), gunzip, () => {});
  return gunzip;
}

async function decoded(frame: Buffer): Promise<Buffer> {
  const { Decoder } = await loadZstd();
  return new Decoder().decode(frame);
}
