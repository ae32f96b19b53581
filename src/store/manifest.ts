/**
 * checkpoint/manifest.json: what world this is and up to which instant it is whole.
 *
 * Replacing the manifest is the commit of a run. Facts, checkpoints and staged tables that are newer
 * than the manifest do not count and are removed by the next run; what the manifest names is on disk
 * before it is.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { InputError, reasonOf } from '../domain/errors.ts';
import { FACT_NAMES } from '../domain/facts.ts';
import { formatInstant } from '../engine/time.ts';
import { CODECS } from '../tables/compression.ts';

/**
 * Version of the simulated world. It changes whenever the same seed and config bring forth other
 * bytes, so that no world is continued by a program that would have begun it differently.
 */
export const WORLD_VERSION = 4;

const instant = z.int();
/** What a file must have to be the one that was written. */
const digest = z.strictObject({ bytes: z.int(), crc32: z.int() });
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const schema = z.strictObject({
  worldVersion: z.int(),
  seed: z.int(),
  startMs: instant,
  /** Everything that a config says about the world, flattened: `volume.stores` → 42. */
  config: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Digest over all dictionaries. */
  dictionaries: hash,
  scenarios: z.array(
    z.strictObject({
      name: z.string(),
      sha256: hash,
      /** What it does, so that the world goes on without its file; absent where an older program began it. */
      effects: z.array(z.unknown()).optional(),
    }),
  ),
  /** How parts of days that are over are stored; absent if as they are. */
  compress: z.enum(CODECS).optional(),
  committedMs: instant,
  /** Commands about live disruptions that it has had so far; absent if there were none. */
  disruptions: z.strictObject({ commands: z.int().min(1), sha256: hash }).optional(),
  /** The regions of a shard; absent for a whole world. */
  share: z.array(z.int()).optional(),
  /** The dimension tables; absent where another shard, or an older program, wrote them. */
  masters: z.record(z.string(), digest).optional(),
  /** One per region; none while nothing has been generated. */
  regions: z.array(
    z.strictObject({
      id: z.int(),
      /** Name of its checkpoint. */
      file: z.string(),
      sha256: hash,
      /** Parts of a day that is not over, with their lengths. */
      openParts: z.array(
        z.strictObject({
          table: z.enum(FACT_NAMES),
          dt: z.string(),
          bytes: z.int(),
          crc32: z.int().optional(),
        }),
      ),
      /** Of its file that lists the parts of days that are over; absent where an older program began it. */
      parts: digest.optional(),
      /** Its closing tables; absent where an older program wrote them. */
      closing: z.record(z.string(), digest).optional(),
      /** Rows of each table since the world began; absent where an older program began it. */
      rows: z.partialRecord(z.enum(FACT_NAMES), z.int()).optional(),
    }),
  ),
});

export type Manifest = z.infer<typeof schema>;

/** What tells one world from another: a run may only continue the same. */
export type WorldIdentity = Omit<
  Manifest,
  'committedMs' | 'regions' | 'disruptions' | 'share' | 'masters'
>;

/** Text of a manifest file: instants as text too, so that people can read them, and a digest of it all. */
export function manifestText(manifest: Manifest): string {
  const { startMs, committedMs, ...rest } = manifest;
  const readable = {
    worldVersion: rest.worldVersion,
    seed: rest.seed,
    start: formatInstant(startMs),
    committed: formatInstant(committedMs),
    startMs,
    committedMs,
    scenarios: rest.scenarios,
    ...(rest.compress === undefined ? {} : { compress: rest.compress }),
    ...(rest.disruptions === undefined ? {} : { disruptions: rest.disruptions }),
    ...(rest.share === undefined ? {} : { share: rest.share }),
    regions: rest.regions,
    ...(rest.masters === undefined ? {} : { masters: rest.masters }),
    dictionaries: rest.dictionaries,
    config: rest.config,
  };
  const sha256 = createHash('sha256').update(JSON.stringify(readable)).digest('hex');
  return `${JSON.stringify({ ...readable, sha256 }, null, 2)}\n`;
}

/** Reads a manifest; undefined if there is none. Throws InputError for a damaged one. */
export function readManifest(file: string): Manifest | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { start: _start, committed: _committed, sha256: _sha256, ...fields } = JSON.parse(text);
    const manifest = schema.parse(fields);
    if (manifestText(manifest) !== text) throw new Error('its digest does not fit its content');
    return manifest;
  } catch (error) {
    throw new InputError(
      `Cannot read "${file}": it is damaged, or not a manifest of this program (${reasonOf(error)}). ` +
        'Restore the file, or remove the world with "sim clear" and generate it again.',
    );
  }
}
