/**
 * checkpoint/manifest.json: the identity of the world and the instant up to which it is complete.
 *
 * Replacing the manifest is the commit of a run. Facts, checkpoints and staged tables that are newer
 * than the manifest are not valid, and the next run removes them; all files in a manifest are on disk
 * before it is written.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { InputError, reasonOf } from '../domain/errors.ts';
import { registeredExtensions } from '../domain/extensions.ts';
import { FACT_NAMES, type FactName } from '../domain/facts.ts';
import { formatInstant } from '../engine/time.ts';
import { CODECS } from '../tables/compression.ts';
import { FORMATS } from '../domain/formats.ts';

/**
 * Version of the simulated world. It changes whenever the same seed and config give other
 * bytes, so that no world is continued by a program that would have generated it differently.
 */
export const WORLD_VERSION = 6;

/** A fact table; those of extensions are among them. */
const factTable = z.custom<FactName>((name) => (FACT_NAMES as readonly unknown[]).includes(name));
const instant = z.int();
/** Length and checksum that identify a file's content. */
const digest = z.strictObject({ bytes: z.int(), crc32: z.int() });
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const schema = z.strictObject({
  worldVersion: z.int(),
  seed: z.int(),
  startMs: instant,
  /** Settings of the config that determine the world, flattened: `volume.stores` → 42. */
  config: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Digest over all dictionaries. */
  dictionaries: hash,
  scenarios: z.array(
    z.strictObject({
      name: z.string(),
      sha256: hash,
      /** Its effects, so that the world continues without its file; absent if an older version began it. */
      effects: z.array(z.unknown()).optional(),
    }),
  ),
  /** In the order in which they were registered; absent if there are none. */
  extensions: z.array(z.strictObject({ name: z.string(), version: z.int() })).optional(),
  /** Compression of parts of days that are over; absent if none. */
  compress: z.enum(CODECS).optional(),
  /** Formats of its tables; absent for CSV alone. */
  formats: z.array(z.enum(FORMATS)).min(1).optional(),
  committedMs: instant,
  /** Number and digest of the commands about requested disruptions so far; absent if there were none. */
  disruptions: z.strictObject({ commands: z.int().min(1), sha256: hash }).optional(),
  /** The regions of a shard; absent for a whole world. */
  share: z.array(z.int()).optional(),
  /** The dimension tables; absent if another shard or an older version wrote them. */
  masters: z.record(z.string(), digest).optional(),
  /** One for each region; none while nothing has been generated. */
  regions: z.array(
    z.strictObject({
      id: z.int(),
      /** Name of its checkpoint. */
      file: z.string(),
      sha256: hash,
      /** Parts of a day that is not over, with their lengths. */
      openParts: z.array(
        z.strictObject({
          table: factTable,
          dt: z.string(),
          bytes: z.int(),
          crc32: z.int().optional(),
          format: z.literal('parquet').optional(),
        }),
      ),
      /** Digest of its list of parts of days that are over; absent if an older version began it. */
      parts: digest.optional(),
      /** Its closing tables; absent if an older version wrote them. */
      closing: z.record(z.string(), digest).optional(),
      /** Rows of each table since the world began; absent if an older version began it. */
      rows: (
        z.record(factTable, z.int()) as z.ZodType<Partial<Record<FactName, number>>>
      ).optional(),
    }),
  ),
});

export type Manifest = z.infer<typeof schema>;

/** The identity of a world: a run may only continue a world with the same identity. */
export type WorldIdentity = Omit<
  Manifest,
  'committedMs' | 'regions' | 'disruptions' | 'share' | 'masters'
>;

/** Returns the text of a manifest file, with readable instants and a digest of the content. */
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
    ...(rest.extensions === undefined ? {} : { extensions: rest.extensions }),
    ...(rest.compress === undefined ? {} : { compress: rest.compress }),
    ...(rest.formats === undefined ? {} : { formats: rest.formats }),
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
    requireExtensions(file, fields.extensions);
    const manifest = schema.parse(fields);
    if (manifestText(manifest) !== text) throw new Error('its digest does not match its content');
    return manifest;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `Cannot read "${file}": it is damaged, or not a manifest of this program (${reasonOf(error)}). ` +
        'Restore the file, or remove the world with "sim clear" and generate it again.',
    );
  }
}

/** Throws InputError unless exactly those extensions are registered with which the world was made. */
function requireExtensions(file: string, there: unknown): void {
  const made = z.array(z.object({ name: z.string() })).safeParse(there ?? []);
  // Anything else is damage.
  if (!made.success) return;
  const names = made.data.map(({ name }) => name);
  const registered = registeredExtensions().map(({ name }) => name);
  const missing = names.find((name) => !registered.includes(name));
  if (missing !== undefined) {
    throw new InputError(
      `Cannot read "${file}": the world was made with the extension "${missing}". ` +
        'Give its module: --extension FILE, or registerExtension in a program.',
    );
  }
  const extra = registered.find((name) => !names.includes(name));
  if (extra !== undefined) {
    throw new InputError(
      `Cannot read "${file}": the world was made without the extension "${extra}". ` +
        'Leave it out, or begin another world in another folder.',
    );
  }
}
