/** Compression in this thread, on a file system that may fail. */
import { compressPart } from '../../src/sinks/csv/compress-part.ts';
import { encoderOf } from '../../src/sinks/csv/codecs.ts';
import type { Compressor } from '../../src/sinks/csv/compressor.ts';
import type { FilePort } from '../../src/sinks/csv/file-port.ts';
import type { Codec } from '../../src/tables/compression.ts';

export function inlineCompressor(codec: Codec, fs: FilePort): Compressor {
  return {
    codec,
    compress: async (job) => compressPart(fs, codec, await encoderOf(codec), job),
    close: async () => {},
  };
}
