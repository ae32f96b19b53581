/** Compressed tables: their names, and the library for zstd. */
import { loadPart } from '../domain/optional-part.ts';

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
  return loadPart(
    '@toondepauw/node-zstd',
    'for zstd; --compress gzip needs none',
    () => import('@toondepauw/node-zstd'),
  );
}
