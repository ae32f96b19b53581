/**
 * Some regions of a world, generated separately: `--shard 2/5`.
 *
 * Shards need no coordination. Each writes its regions into the common layout, and its own manifest;
 * the first one also writes the masters. `merge.ts` merges them into one world.
 */
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { lockOwner } from './lock.ts';
import { shardManifests } from './shard-manifests.ts';
import type { WorldPaths } from './paths.ts';

export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Environment variables of schedulers with a task's number, the number of the first task, and the count. */
const SCHEDULERS = [
  { name: 'Kubernetes', index: 'JOB_COMPLETION_INDEX', first: '0', count: 'JOB_COMPLETIONS' },
  {
    name: 'Slurm',
    index: 'SLURM_ARRAY_TASK_ID',
    first: 'SLURM_ARRAY_TASK_MIN',
    count: 'SLURM_ARRAY_TASK_COUNT',
  },
  {
    name: 'AWS Batch',
    index: 'AWS_BATCH_JOB_ARRAY_INDEX',
    first: '0',
    count: 'AWS_BATCH_JOB_ARRAY_SIZE',
  },
  { name: 'Cloud Run', index: 'CLOUD_RUN_TASK_INDEX', first: '0', count: 'CLOUD_RUN_TASK_COUNT' },
  { name: 'Grid Engine', index: 'SGE_TASK_ID', first: 'SGE_TASK_FIRST', count: 'SGE_TASK_LAST' },
  { name: 'PBS', index: 'PBS_ARRAY_INDEX', first: '1', count: 'PBS_ARRAY_COUNT' },
  { name: 'LSF', index: 'LSB_JOBINDEX', first: '1', count: 'LSB_JOBINDEX_END' },
] as const;

/**
 * Parses `2/5`; or `auto/5` and `auto`, with the number (and the count) from the scheduler's environment
 * variables. Throws InputError.
 */
export function parseShard(text: string, environment: Environment): Shard {
  const match = /^(\d+|auto)(?:\/(\d+))?$/.exec(text);
  const [, indexText, countText] = match ?? [];
  if (match === null || (indexText !== 'auto' && countText === undefined)) {
    throw new InputError(
      `--shard is "${text}": expected number/count, such as 2/5, or auto/5 if a scheduler sets ` +
        `one of ${SCHEDULERS.map(({ index }) => index).join(', ')}`,
    );
  }
  const found = indexText === 'auto' ? fromScheduler(text, environment) : undefined;
  const index = found?.index ?? Number(indexText);
  const count = countText === undefined ? found?.count : Number(countText);
  if (count === undefined) {
    throw new InputError(
      `--shard is "${text}", but ${found?.countName} is not set: give the number of ` +
        'shards, such as --shard auto/5',
    );
  }
  if (Number.isSafeInteger(index) && index >= 1 && index <= count) return { index, count };
  const origin = found === undefined ? '' : ` (from ${found.origin})`;
  throw new InputError(
    `--shard is ${index}/${count}${origin}: expected a number from 1 to ${Math.max(1, count)}`,
  );
}

function fromScheduler(text: string, environment: Environment) {
  for (const { name, index, first, count } of SCHEDULERS) {
    const value = environment[index];
    // Grid Engine sets its variable to "undefined" outside of array jobs.
    if (value === undefined || !/^\d+$/.test(value)) continue;
    const firstNumber = Number(/^\d+$/.test(first) ? first : (environment[first] ?? 1));
    const total = environment[count];
    return {
      index: Number(value) - firstNumber + 1,
      count: total === undefined ? undefined : Number(total),
      countName: count,
      origin: `${name}'s ${index}`,
    };
  }
  throw new InputError(
    `--shard is "${text}", but no scheduler provides this task's number: expected one of ` +
      `${SCHEDULERS.map(({ index }) => index).join(', ')} to be set. Without a scheduler give ` +
      'the number, such as --shard 2/5.',
  );
}

/** Returns the paths of a shard: the world's, with its own manifest and lock. */
export function shardPaths(paths: WorldPaths, { index, count }: Shard): WorldPaths {
  const name = `shard-${index}-of-${count}`;
  return {
    ...paths,
    manifest: path.join(paths.checkpoint, `${name}.json`),
    lock: path.join(paths.checkpoint, `${name}.lock`),
  };
}

/**
 * Throws InputError if a world is divided differently than the run requests: a shard of another
 * division, a run of the whole world while shards are not merged, or a shard while the whole world is being run.
 */
export function requireUndivided(paths: WorldPaths, shard: Shard | undefined): void {
  const others = shardManifests(paths).filter(({ count }) => count !== shard?.count);
  if (others.length > 0) {
    const [{ index, count }] = others;
    const wanted =
      shard === undefined ? 'a run of the whole' : `shard ${shard.index}/${shard.count}`;
    throw new InputError(
      `Cannot begin ${wanted} in "${paths.root}": it contains shard ${index}/${count}. Finish all ` +
        `${count} shards, then merge them (sim merge), or choose another folder (--out). To divide it ` +
        `differently, remove each of them first (sim clear --shard ${index}/${count}, …).`,
    );
  }
  const owner = shard === undefined ? undefined : lockOwner(paths.lock);
  if (owner === undefined) return;
  throw new InputError(
    `Cannot run a shard in "${paths.root}": ${owner} is running the whole world. Wait until it ends.`,
  );
}
