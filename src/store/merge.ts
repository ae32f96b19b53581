/**
 * Merges shards into one world when all of them have reached the same instant.
 *
 * The world's manifest is the commit; the shards' manifests are removed after it. A process that is killed in between
 * leaves shards with nothing beyond that manifest: they count as merged, and the next merge removes
 * them.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { CLOSING } from '../domain/dimensions.ts';
import { InputError } from '../domain/errors.ts';
import { commit, finishCommit } from './commit.ts';
import type { StepHook } from './step-hook.ts';
import { type Depth, foreignParts, listed, masterFaults, regionFaults } from './file-check.ts';
import { differencesBetween } from './identity.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { commonManifest, type WorldPaths } from './paths.ts';
import { masterFiles } from './masters.ts';
import { clearShardCommand } from './shard-advice.ts';
import {
  mergedShardFiles,
  missingShards,
  type ShardManifest,
  shardManifests,
} from './shard-manifests.ts';
import { partName, removeEmptyDays } from './world-files.ts';

export interface MergeOptions {
  /** Depth of the check of files; all of them are read by default. */
  readonly depth?: Depth;
  readonly onStep?: StepHook;
}

/**
 * Checks that all shards exist, belong to one world, are at one instant, and have unchanged files;
 * then writes the world's manifest and state, which equal those of a run without shards. If that
 * was done already, only removes the rest of the shards. Returns the manifest. Throws InputError.
 */
export async function mergeShards(
  paths: WorldPaths,
  { depth = 'all', onStep = () => {} }: MergeOptions = {},
): Promise<Manifest> {
  const shards = shardManifests(paths);
  if (shards.length === 0) return finishMerge(paths, onStep);
  const reference = largestGroup(shards)[0];
  const faults = [
    ...foreignShards(shards, reference),
    ...missingShards(shards),
    ...missingRegions(shards),
    ...missingTables(paths, reference.manifest),
  ];
  // Files are checked only when all shards belong together.
  if (faults.length === 0) {
    faults.push(
      ...masterFaults(paths, shards[0].manifest, depth).map((text) => `shard 1: ${text}`),
    );
    for (const shard of shards) faults.push(...(await shardFaults(paths, shard, depth)));
  }
  if (faults.length > 0) throw unfit(paths, faults, oddShards(shards, reference));
  const regions = shards.flatMap(({ manifest }) => manifest.regions).sort((a, b) => a.id - b.id);
  const { share: _share, ...first } = shards[0].manifest;
  const merged = { ...first, regions };
  removeEmptyDays(paths.facts);
  commit(paths, merged, [], onStep);
  removeShardFiles(shards, onStep);
  return merged;
}

/** Finishes a merge whose manifest is already written. */
function finishMerge(paths: WorldPaths, onStep: StepHook): Manifest {
  const merged = readManifest(commonManifest(paths));
  if (merged === undefined || merged.regions.length === 0) {
    throw new InputError(
      `Cannot merge "${paths.root}": no shard's manifest (such as shard-1-of-5.json) is in ` +
        `"${paths.checkpoint}". Generate the shards first (--shard), and copy their folders together.`,
    );
  }
  finishCommit(paths, merged, onStep);
  removeShardFiles(mergedShardFiles(paths), onStep);
  return merged;
}

function removeShardFiles(shards: readonly ShardManifest[], onStep: StepHook): void {
  for (const { file } of shards) {
    onStep(`remove ${path.basename(file)}`);
    rmSync(file, { force: true });
  }
}

/** Returns the largest group of shards that belong to one world. */
function largestGroup(shards: readonly ShardManifest[]): ShardManifest[] {
  const groups: ShardManifest[][] = [];
  for (const shard of shards) {
    const group = groups.find(([first]) => oddness(first, shard).length === 0);
    if (group === undefined) groups.push([shard]);
    else group.push(shard);
  }
  return groups.reduce((best, group) => (group.length > best.length ? group : best));
}

function oddShards(shards: readonly ShardManifest[], reference: ShardManifest): ShardManifest[] {
  return shards.filter((shard) => oddness(reference, shard).length > 0);
}

function foreignShards(shards: readonly ShardManifest[], reference: ShardManifest): string[] {
  return shards.flatMap((shard) =>
    oddness(reference, shard).map((text) => `${nameOf(shard)} ${text}`),
  );
}

/** Returns messages about differences between the worlds of a shard and the reference. */
function oddness(reference: ShardManifest, shard: ShardManifest): string[] {
  const other = `${reference.index}/${reference.count}`;
  if (shard.count !== reference.count) return [`belongs to another division than ${other}`];
  if (shard.manifest.disruptions?.sha256 !== reference.manifest.disruptions?.sha256) {
    return [
      `has had other commands about disruptions than ${other}: generate all shards with the same ` +
        'live/journal.ndjson',
    ];
  }
  return differencesBetween(reference.manifest, shard.manifest).map(
    ({ field, there, here }) =>
      `belongs to another world: ${field} ${here}, but ${there} in shard ${other}`,
  );
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

function missingTables(paths: WorldPaths, manifest: Manifest): string[] {
  return masterFiles(paths, manifest)
    .filter((file) => !existsSync(file))
    .map((file) => `"${file}" is missing (shard 1 writes it)`);
}

async function shardFaults(
  paths: WorldPaths,
  shard: ShardManifest,
  depth: Depth,
): Promise<string[]> {
  const { manifest } = shard;
  const faults = foreignParts(paths, manifest, manifest.regions);
  for (const region of manifest.regions) {
    const checkpoint = path.join(paths.checkpoint, region.file);
    if (!existsSync(checkpoint)) faults.push(`"${checkpoint}" is missing`);
    else if ((await checkpointDigest(checkpoint)) !== region.sha256) {
      faults.push(`"${checkpoint}" is not the one that its shard wrote`);
    }
    faults.push(...regionFaults(paths, manifest, region, depth));
    for (const table of region.closing === undefined ? Object.keys(CLOSING) : []) {
      const closing = path.join(paths.closing, table, partName(region.id));
      if (!existsSync(closing)) faults.push(`"${closing}" is missing`);
    }
  }
  return faults.map((fault) => `${nameOf(shard)}: ${fault}`);
}

/** Returns the digest at the end of a checkpoint if its content matches. */
async function checkpointDigest(file: string): Promise<string> {
  const { size } = statSync(file);
  const hash = createHash('sha256');
  const content = createReadStream(file, { end: Math.max(0, size - 33) });
  for await (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}

function unfit(
  paths: WorldPaths,
  faults: readonly string[],
  odd: readonly ShardManifest[],
): InputError {
  const advice =
    odd.length > 0
      ? `Remove only the shards that differ (${odd.map((shard) => clearShardCommand(paths, shard)).join('; ')}), ` +
        'generate them again with the settings of the others'
      : 'Generate missing shards; copy damaged files again from where they were generated, or remove only their ' +
        `shard (${clearShardCommand(paths, { index: 2, count: 5 }).replace('2/5', 'i/n')}) ` +
        'and generate it again';
  return new InputError(
    `Cannot merge the shards in "${paths.root}":\n${listed(faults)}\n${advice}; then merge again. ` +
      'Nothing was changed.',
  );
}

function nameOf({ index, count }: ShardManifest): string {
  return `shard ${index}/${count}`;
}
