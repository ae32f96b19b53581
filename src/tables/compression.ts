/** Compressed tables: their names, and the library for zstd. */
import { InputError } from '../domain/errors.ts';

/** Extension of a compressed file's name, by codec. */
export const ENDINGS = { gzip: '.gz', zstd: '.zst' } as const;

export type Codec = keyof typeof ENDINGS;

export const CODECS = Object.keys(ENDINGS) as readonly Codec[];

/** How a file is compressed, judged by its name; undefined for a plain one. */
export function codecOf(file: string): Codec | undefined {
  return CODECS.find((codec) => file.endsWith(ENDINGS[codec]));
}

/** The name of a compressed file without its extension. */
export function plainName(file: string): string {
  const codec = codecOf(file);
  return codec === undefined ? file : file.slice(0, -ENDINGS[codec].length);
}

/** Returns the zstd library. Throws InputError if there is none for this machine. */
export async function loadZstd() {
  try {
    return await import('@toondepauw/node-zstd');
  } catch (error) {
    throw new InputError(
      `Cannot use zstd: its library can't be loaded on this machine (${process.platform} ` +
        `${process.arch}). Use --compress gzip, or install the packages again, including optional ones.`,
      { cause: error },
    );
  }
}
