/**
 * A share of a world's regions, generated on its own: `--shard 2/5`.
 *
 * Shards need no coordination. Each writes its regions into the common layout and a manifest of its own;
 * the first also writes the masters. `merge.ts` makes one world of them.
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

/** Where schedulers tell a task its number, what they call the first, and where they tell how many. */
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
 * Reads `2/5`; or `auto/5` and `auto`, where the scheduler's environment variables tell the number (and
 * the count). Throws InputError.
 */
export function parseShard(text: string, environment: Environment): Shard {
  const match = /^(\d+|auto)(?:\/(\d+))?$/.exec(text);
  const [, indexText, countText] = match ?? [];
  if (match === null || (indexText !== 'auto' && countText === undefined)) {
    throw new InputError(
      `--shard is "${text}": expected number/count, such as 2/5, or auto/5 where a scheduler sets ` +
        `one of ${SCHEDULERS.map(({ index }) => index).join(', ')}`,
    );
  }
  const found = indexText === 'auto' ? fromScheduler(text, environment) : undefined;
  const index = found?.index ?? Number(indexText);
  const count = countText === undefined ? found?.count : Number(countText);
  if (count === undefined) {
    throw new InputError(
      `--shard is "${text}", and ${found?.countName} is not set: say how many shards there are, --shard auto/5`,
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
    `--shard is "${text}", and no scheduler tells this task's number: expected one of ` +
      `${SCHEDULERS.map(({ index }) => index).join(', ')} to be set. Outside of a scheduler say --shard 2/5.`,
  );
}

/** Paths of a shard: the world's, but for its own manifest and lock. */
export function shardPaths(paths: WorldPaths, { index, count }: Shard): WorldPaths {
  const name = `shard-${index}-of-${count}`;
  return {
    ...paths,
    manifest: path.join(paths.checkpoint, `${name}.json`),
    lock: path.join(paths.checkpoint, `${name}.lock`),
  };
}

/**
 * Throws InputError where a world is divided otherwise than the run asks for: a shard of another
 * division, a run of the whole while shards are not merged, or a shard while the whole is being run.
 */
export function requireUndivided(paths: WorldPaths, shard: Shard | undefined): void {
  const others = shardManifests(paths).filter(({ count }) => count !== shard?.count);
  if (others.length > 0) {
    const [{ index, count }] = others;
    const wanted =
      shard === undefined ? 'a run of the whole' : `shard ${shard.index}/${shard.count}`;
    throw new InputError(
      `Cannot begin ${wanted} in "${paths.root}": shard ${index}/${count} lies there. Finish all ` +
        `${count} shards, then merge them (sim merge), or choose another folder (--out). To divide it ` +
        `otherwise from the start, remove each of them first (sim clear --shard ${index}/${count}, …).`,
    );
  }
  const owner = shard === undefined ? undefined : lockOwner(paths.lock);
  if (owner === undefined) return;
  throw new InputError(
    `Cannot run a shard in "${paths.root}": ${owner} is at work on the whole world. Wait until it ends.`,
  );
}
