/**
 * The encoders of compressed parts.
 *
 * A piece of the input is `PIECE_BYTES` long, wherever the file was cut while it grew: the output
 * depends on the content alone. Levels are those that docs/operations.md shows the trade of.
 */
import { createGzip } from 'node:zlib';
import { type Codec, loadZstd } from '../../tables/compression.ts';

/** Takes a file's pieces, gives the pieces of the compressed file. */
export type Encode = (pieces: Iterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** Each is a frame of a zstd file, and can be read on its own. */
export const PIECE_BYTES = 4 * 1024 * 1024;

const GZIP_LEVEL = 4;
const ZSTD_LEVEL = 1;

const OUTPUT_CHUNK_BYTES = 256 * 1024;

/** Gets a codec ready. Throws InputError where it is missing. */
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

/** Writes at the pace at which the other end reads. */
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
