/** The files that the last commit of a world wrote, with their lengths and digests: the manifest and the lists of parts. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { reasonOf } from '../domain/errors.ts';
import { type Codec, CODECS, ENDINGS } from '../tables/compression.ts';
import type { FileProblem, WorldFolders } from './file-problem.ts';

/** Length and CRC-32 of a file; the latter is unknown for some parts of older versions. */
export interface Digest {
  readonly bytes: number;
  readonly crc32?: number | undefined;
}

export interface Committed {
  /** By path. */
  readonly files: ReadonlyMap<string, Digest>;
  /** Regions of which all parts are known: others on disk are none of the world's. */
  readonly regions: ReadonlySet<number>;
  /** What is wrong with the lists themselves. */
  readonly problems: readonly FileProblem[];
}

const DIGEST = z.object({ bytes: z.int(), crc32: z.int().optional() });
const MANIFEST = z.object({
  compress: z.enum(CODECS as [Codec, ...Codec[]]).optional(),
  masters: z.record(z.string(), DIGEST).optional(),
  regions: z.array(
    z.object({
      id: z.int(),
      openParts: z.array(DIGEST.extend({ table: z.string(), dt: z.string() })),
      parts: DIGEST.optional(),
      closing: z.record(z.string(), DIGEST).optional(),
    }),
  ),
});
const DAY_OF_PARTS = z.object({ dt: z.string() }).catchall(z.tuple([z.int(), z.int()]));

const NOTHING: Committed = { files: new Map(), regions: new Set(), problems: [] };

/** A folder without a manifest, such as a copy of the tables alone, has no committed files. */
export function readCommitted(folder: string, folders: WorldFolders): Committed {
  const checkpoint = path.join(folder, 'checkpoint');
  const manifest = path.join(checkpoint, 'manifest.json');
  if (!existsSync(manifest)) return NOTHING;
  const {
    compress,
    masters = {},
    regions,
  } = MANIFEST.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const files = new Map<string, Digest>();
  const known = new Set<number>();
  const problems: FileProblem[] = [];
  for (const [table, digest] of Object.entries(masters)) {
    files.set(path.join(folders.master, `${table}.csv`), digest);
  }
  for (const { id, openParts, parts, closing = {} } of regions) {
    const part = (table: string, dt: string) =>
      path.join(folders.facts, table, `dt=${dt}`, `part-${id}.csv`);
    for (const { table, dt, bytes, crc32 } of openParts)
      files.set(part(table, dt), { bytes, crc32 });
    for (const [table, digest] of Object.entries(closing)) {
      files.set(path.join(folders.closing, table, `part-${id}.csv`), digest);
    }
    if (parts === undefined) continue;
    const list = path.join(checkpoint, `region-${id}.parts`);
    try {
      for (const { dt, ...tables } of readList(list, parts.bytes)) {
        for (const [table, [bytes, crc32]] of Object.entries(tables)) {
          const ending = compress === undefined ? '' : ENDINGS[compress];
          files.set(part(table, dt) + ending, { bytes, crc32 });
        }
      }
      known.add(id);
    } catch (error) {
      const problem = existsSync(list) ? `damaged: ${reasonOf(error)}` : 'missing';
      problems.push({ file: list, problem });
    }
  }
  return { files, regions: known, problems };
}

function readList(file: string, bytes: number): z.infer<typeof DAY_OF_PARTS>[] {
  const text = readFileSync(file).subarray(0, bytes).toString('utf8');
  if (text.length < bytes) throw new Error(`it has ${text.length} bytes, expected ${bytes}`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => DAY_OF_PARTS.parse(JSON.parse(line)));
}
