/**
 * The encoders of compressed parts.
 *
 * The input is read in pieces of `PIECE_BYTES`, independent of how the file was written, so the output
 * depends only on the content. docs/operations.md compares the compression levels.
 */
import { createGzip } from 'node:zlib';
import { type Codec, loadZstd } from '../../tables/compression.ts';

/** Compresses the pieces of a file; yields the pieces of the compressed file. */
export type Encode = (pieces: Iterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** Size of a piece. Each piece becomes a frame of a zstd file, which can be read independently. */
export const PIECE_BYTES = 4 * 1024 * 1024;

const GZIP_LEVEL = 4;
const ZSTD_LEVEL = 1;

const OUTPUT_CHUNK_BYTES = 256 * 1024;

/** Loads a codec and returns its encoder. Rejects with InputError if the runtime does not have it. */
export async function encoderOf(codec: Codec): Promise<Encode> {
  if (codec === 'gzip') return gzip;
  const { Encoder } = await loadZstd();
  const encoder = new Encoder(ZSTD_LEVEL);
  return async function* zstd(pieces) {
    for (const piece of pieces) yield encoder.encodeSync(asBuffer(piece));
  };
}

async function* gzip(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGzip({ level: GZIP_LEVEL, chunkSize: OUTPUT_CHUNK_BYTES });
  const fed = feed(stream, pieces);
  yield* stream;
  await fed;
}

/** Writes pieces to a stream and waits while it is full. */
async function feed(stream: ReturnType<typeof createGzip>, pieces: Iterable<Uint8Array>) {
  try {
    for (const piece of pieces) {
      await new Promise<void>((resolve, reject) => {
        stream.write(piece, (error) => (error ? reject(error) : resolve()));
      });
    }
    stream.end();
  } catch (error) {
    stream.destroy(error as Error);
  }
}

function asBuffer(piece: Uint8Array): Buffer {
  return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
}
