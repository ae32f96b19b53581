/** Makes one world of its shards, once all of them have reached the same instant. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DIMENSION_NAMES } from '../domain/dimensions.ts';
import { InputError } from '../domain/errors.ts';
import { FACT_NAMES, type FactName } from '../domain/facts.ts';
import { DAY_MS } from '../engine/time.ts';
import { compressedOf, dtOf, partFile } from '../sinks/part-files.ts';
import { commit } from './commit.ts';
import { differencesBetween } from './identity.ts';
import type { Manifest } from './manifest.ts';
import type { WorldPaths } from './paths.ts';
import { missingShards, type ShardManifest, shardManifests } from './shard-manifests.ts';
import { partName, removeEmptyDays } from './world-files.ts';

/**
 * Checks that all shards are there, of one world and at one instant, with every file that they should
 * have; then writes the world's one manifest and state, which are those of a run without shards.
 * Returns the manifest. Throws InputError.
 */
export async function mergeShards(paths: WorldPaths): Promise<Manifest> {
  const shards = shardManifests(paths);
  if (shards.length === 0) {
    throw new InputError(
      `Cannot merge "${paths.root}": no shard's manifest (shard-1-of-5.json and the like) lies in ` +
        `"${paths.checkpoint}". Generate the shards first (--shard), and bring their folders together.`,
    );
  }
  const [first] = shards;
  const faults = [
    ...foreignShards(shards),
    ...missingShards(shards),
    ...missingRegions(shards),
    ...missingTables(paths),
  ];
  for (const { manifest } of shards) faults.push(...(await damagedFiles(paths, manifest)));
  if (faults.length > 0) throw unfit(paths, faults);
  const regions = shards.flatMap(({ manifest }) => manifest.regions).sort((a, b) => a.id - b.id);
  const merged = { ...first.manifest, regions };
  removeEmptyDays(paths.facts);
  commit(paths, merged, [], () => {});
  for (const { file } of shards) rmSync(file);
  return merged;
}

function foreignShards(shards: readonly ShardManifest[]): string[] {
  const [first, ...others] = shards;
  return others.flatMap((shard) => {
    const name = `shard ${shard.index}/${shard.count}`;
    if (shard.count !== first.count)
      return [`${name} belongs to another division than ${first.index}/${first.count}`];
    if (shard.manifest.disruptions?.sha256 !== first.manifest.disruptions?.sha256) {
      return [
        `${name} has had other commands about disruptions than ${first.index}/${first.count}: generate ` +
          'all shards with the same live/journal.ndjson',
      ];
    }
    return differencesBetween(first.manifest, shard.manifest).map(
      ({ field, there, here }) =>
        `${name} is of another world: ${field} ${here}, and ${there} in shard ${first.index}/${first.count}`,
    );
  });
}

function missingRegions(shards: readonly ShardManifest[]): string[] {
  const ids = shards.flatMap(({ manifest }) => manifest.regions.map(({ id }) => id));
  const total = Number(shards[0].manifest.config['volume.dcs']);
  return Array.from({ length: total }, (_, at) => at + 1).flatMap((id) => {
    const times = ids.filter((other) => other === id).length;
    if (times === 1) return [];
    return [times === 0 ? `region ${id} is in no shard` : `region ${id} is in ${times} shards`];
  });
}

function missingTables(paths: WorldPaths): string[] {
  return DIMENSION_NAMES.map((name) => path.join(paths.master, `${name}.csv`))
    .filter((file) => !existsSync(file))
    .map((file) => `"${file}" is missing (shard 1 writes it)`);
}

async function damagedFiles(paths: WorldPaths, manifest: Manifest): Promise<string[]> {
  const faults: string[] = [];
  for (const { id, file, sha256, openParts, rows } of manifest.regions) {
    const checkpoint = path.join(paths.checkpoint, file);
    if (!existsSync(checkpoint)) faults.push(`"${checkpoint}" is missing`);
    else if ((await checkpointDigest(checkpoint)) !== sha256) {
      faults.push(`"${checkpoint}" is not the one that its shard wrote`);
    }
    const bytesOf = new Map(openParts.map((part) => [part.table, part.bytes]));
    const found = new Set<FactName>();
    const lastDayMs = Math.floor((manifest.committedMs - 1) / DAY_MS) * DAY_MS;
    for (
      let dayMs = Math.floor(manifest.startMs / DAY_MS) * DAY_MS;
      dayMs <= lastDayMs;
      dayMs += DAY_MS
    ) {
      for (const table of FACT_NAMES) {
        const plain = partFile(paths.facts, table, dtOf(dayMs), id);
        const expected = dayMs === lastDayMs ? bytesOf.get(table) : undefined;
        const { compress } = manifest;
        const part = compress && expected === undefined ? compressedOf(plain, compress) : plain;
        const size = statSync(part, { throwIfNoEntry: false })?.size;
        if (size !== undefined) found.add(table);
        // A day without rows has no part.
        if (size === undefined && expected !== undefined) faults.push(`"${part}" is missing`);
        else if (expected !== undefined && size !== expected) {
          faults.push(`"${part}" has ${size} bytes instead of ${expected}`);
        }
      }
    }
    for (const table of FACT_NAMES) {
      if ((rows?.[table] ?? 0) === 0 || found.has(table)) continue;
      faults.push(`"${path.join(paths.facts, table)}" has no part of region ${id}`);
    }
    for (const table of ['store_stock', 'dc_stock', 'in_transit']) {
      const closing = path.join(paths.closing, table, partName(id));
      if (!existsSync(closing)) faults.push(`"${closing}" is missing`);
    }
  }
  return faults;
}

/** The digest that a checkpoint ends with, if its content fits it. */
async function checkpointDigest(file: string): Promise<string> {
  const { size } = statSync(file);
  const hash = createHash('sha256');
  const content = createReadStream(file, { end: Math.max(0, size - 33) });
  for await (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}

function unfit(paths: WorldPaths, faults: readonly string[]): InputError {
  const shown = faults.slice(0, 12).map((fault) => `  ${fault}`);
  if (faults.length > shown.length) shown.push(`  and ${faults.length - shown.length} more`);
  return new InputError(
    `Cannot merge the shards in "${paths.root}":\n${shown.join('\n')}\n` +
      'Run what is missing, or bring its files here, and merge again. Nothing was changed.',
  );
}
