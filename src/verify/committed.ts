/** The files that the last commit of a world wrote, with their lengths and digests: the manifest and the lists of parts. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { reasonOf } from '../domain/errors.ts';
import {
  DEFAULT_FORMATS,
  fileOfEntry,
  FORMAT_ENDINGS,
  type FileFormat,
  FILE_FORMATS,
  FORMATS,
  type Format,
  fileFormats,
  tableOfEntry,
} from '../domain/formats.ts';
import { type Codec, CODECS, ENDINGS } from '../tables/compression.ts';
import type { FileProblem, WorldFolders } from './file-problem.ts';

/** Length and CRC-32 of a file; the latter is unknown for some parts of older versions. */
export interface Digest {
  readonly bytes: number;
  readonly crc32?: number | undefined;
}

export interface Committed {
  /** Formats of the tables' files; undefined if nothing tells of them. */
  readonly formats?: readonly FileFormat[];
  /** Whether there are Delta tables too. */
  readonly isDelta?: boolean;
  /** By path. */
  readonly files: ReadonlyMap<string, Digest>;
  /** Regions of which all parts are known: others on disk are none of the world's. */
  readonly regions: ReadonlySet<number>;
  /** What is wrong with the lists themselves. */
  readonly problems: readonly FileProblem[];
}

const DIGEST = z.object({ bytes: z.int(), crc32: z.int().optional() });
const FORMATS_OF = z.object({ formats: z.array(z.enum(FORMATS)).optional() });
const MANIFEST = FORMATS_OF.extend({
  compress: z.enum(CODECS as [Codec, ...Codec[]]).optional(),
  masters: z.record(z.string(), DIGEST).optional(),
  regions: z.array(
    z.object({
      id: z.int(),
      openParts: z.array(
        DIGEST.extend({
          table: z.string(),
          dt: z.string(),
          format: z.enum(FILE_FORMATS).optional(),
        }),
      ),
      parts: DIGEST.optional(),
      closing: z.record(z.string(), DIGEST).optional(),
    }),
  ),
});
const DAY_OF_PARTS = z.object({ dt: z.string() }).catchall(z.tuple([z.int(), z.int()]));

/** What is known of a folder without a manifest, such as a copy of the tables alone. */
export const NOTHING_COMMITTED: Committed = { files: new Map(), regions: new Set(), problems: [] };

/** Returns the formats of a world, for those who read its files without comparing them. */
export function readFormats(folder: string): Committed {
  const file = manifestOf(folder);
  if (!existsSync(file)) return NOTHING_COMMITTED;
  const { formats = DEFAULT_FORMATS } = FORMATS_OF.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { ...NOTHING_COMMITTED, formats: fileFormats(formats) };
}

/** Returns all that the manifest in a world's folder tells of its files. */
export function readCommitted(folder: string, folders: WorldFolders): Committed {
  const manifest = manifestOf(folder);
  if (!existsSync(manifest)) return NOTHING_COMMITTED;
  const {
    formats: named,
    compress,
    masters = {},
    regions,
  } = MANIFEST.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const files = new Map<string, Digest>();
  const known = new Set<number>();
  const problems: FileProblem[] = [];
  for (const [entry, digest] of Object.entries(masters)) {
    files.set(path.join(folders.master, fileOfEntry(entry)), digest);
  }
  for (const { id, openParts, parts, closing = {} } of regions) {
    const nameOf = (format: FileFormat) => `part-${id}${FORMAT_ENDINGS[format]}`;
    const part = (table: string, dt: string, format: FileFormat) =>
      path.join(folders.facts, table, `dt=${dt}`, nameOf(format));
    for (const { table, dt, bytes, crc32, format = 'csv' } of openParts)
      files.set(part(table, dt, format), { bytes, crc32 });
    for (const [entry, digest] of Object.entries(closing)) {
      const { table, format } = tableOfEntry(entry);
      files.set(path.join(folders.closing, table, nameOf(format)), digest);
    }
    if (parts === undefined) continue;
    const list = path.join(path.dirname(manifest), `region-${id}.parts`);
    try {
      for (const { dt, ...entries } of readList(list, parts.bytes)) {
        for (const [entry, [bytes, crc32]] of Object.entries(entries)) {
          const { table, format } = tableOfEntry(entry);
          const ending = compress === undefined || format !== 'csv' ? '' : ENDINGS[compress];
          files.set(part(table, dt, format) + ending, { bytes, crc32 });
        }
      }
      known.add(id);
    } catch (error) {
      const problem = existsSync(list) ? `damaged: ${reasonOf(error)}` : 'missing';
      problems.push({ file: list, problem });
    }
  }
  const asked: readonly Format[] = named ?? DEFAULT_FORMATS;
  const formats = fileFormats(asked);
  return { formats, isDelta: asked.includes('delta'), files, regions: known, problems };
}

function manifestOf(folder: string): string {
  return path.join(folder, 'checkpoint', 'manifest.json');
}

function readList(file: string, bytes: number): z.infer<typeof DAY_OF_PARTS>[] {
  const text = readFileSync(file).subarray(0, bytes).toString('utf8');
  if (text.length < bytes) throw new Error(`it has ${text.length} bytes, expected ${bytes}`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => DAY_OF_PARTS.parse(JSON.parse(line)));
}
