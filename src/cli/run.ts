/** `sim run`: generates or continues the history of a world. */
import { type Command, Option } from 'commander';
import { InputError } from '../domain/errors.ts';
import { shellWord } from '../domain/shell-word.ts';
import { formatInstant } from '../engine/time.ts';
import { awaitLock } from '../store/lock.ts';
import { mergeShards } from '../store/merge.ts';
import { missingShards, shardManifests } from '../store/shard-manifests.ts';
import type { WorldPaths } from '../store/paths.ts';
import { formatBytes, formatCount, formatDuration } from '../domain/format.ts';
import type { Generated } from '../run/generation.ts';
import {
  withCompress,
  withDiskReserve,
  withFormat,
  withOut,
  withShard,
  withWindowFlags,
  withWorkers,
  withWorldFlags,
} from './arguments.ts';
import type { Context } from './context.ts';
import { type GenerateFlags, generate } from './generate.ts';
import { INTERRUPTED } from './interrupt.ts';
import { type RealtimeFlags, withRealtimeFlags } from './realtime-flags.ts';
import { pathsOf, readSettings } from './settings.ts';
import { continuation, extensionArguments, launcher, shortInstant } from './suggest.ts';
import type { Terminal } from './terminal.ts';

interface RunFlags extends GenerateFlags, RealtimeFlags {
  readonly mode: string;
}

const REALTIME_ONLY = [
  'speed',
  'rate',
  'duration',
  'sink',
  'events',
  'failFast',
  'rebuildJournal',
] as const;

export function addRun(root: Command, context: Context): void {
  const command = root
    .command('run')
    .addOption(
      new Option('--mode <mode>', 'how time passes')
        .choices(['history', 'realtime'])
        .default('history'),
    );
  const world = withWorldFlags(withWindowFlags(withOut(command), context.terminal.nowMs));
  withRealtimeFlags(withDiskReserve(withFormat(withCompress(withShard(withWorkers(world))))))
    .option(
      '--beside <dir>',
      'folder that the shard will be copied to: refused if another world lies there',
    )
    .option(
      '--disruptions <file>',
      'journal of the disruptions of another run of the same world, for a world that begins',
    )
    .option('--yes', 'write more than 20 GB without asking')
    .option('--json', 'progress and result as JSON lines on stdout')
    .addHelpText(
      'after',
      `
A new world starts at --from (or at historical.start_date of the config) and gets seven days unless
--to or --days says otherwise. A later run continues where the last one ended, by default up to
today; you can repeat the same command until its window is complete. Ctrl-C ends a run at a
consistent instant.

Examples:
  sim run --mode history --out w --seed 7 --from 2024-01-01 --to 2024-02-01
  sim run --mode history --out w --seed 7 --days 7
  sim run --mode history --out z --seed 7 --days 7 --compress zstd
  sim run --mode history --out p --seed 7 --days 7 --format parquet
  sim run --mode history --out d --seed 7 --days 7 --format delta
  sim run --mode history --out h --preset small --scenario holiday --from 2024-11-20 --days 14
  sim run --mode history --out again --seed 7 --from 2024-01-01 --days 7 --disruptions w/live/journal.ndjson
  sim run --mode realtime --out w --speed 60 --duration 10m
  sim run --mode realtime --out w --catch-up none --rate 500/s
  sim run --mode realtime --out w --catch-up none --sink stdout --events receipt_created`,
    )
    .action((flags: RunFlags) => run(flags, context));
}

async function run(flags: RunFlags, context: Context): Promise<void> {
  const { terminal } = context;
  const settings = readSettings(flags);
  const paths = pathsOf(flags, settings.config);
  if (flags.mode === 'realtime') {
    if (flags.shard !== undefined) {
      throw new InputError('--shard is for --mode history: one process streams the whole world');
    }
    if (flags.beside !== undefined) throw new InputError('--beside is for --mode history only');
    if (flags.disruptions !== undefined) {
      throw new InputError('--disruptions is for --mode history: generate a history with it first');
    }
    const { realtime } = await import('./realtime.ts');
    return realtime(flags, settings, paths, context);
  }
  if (flags.beside !== undefined && flags.shard === undefined) {
    throw new InputError(
      '--beside is for shards (--shard): it names the folder to which the shard will be copied',
    );
  }
  const [given] = REALTIME_ONLY.filter((name) => flags[name] !== undefined);
  if (given !== undefined) throw new InputError(`--${kebab(given)} is for --mode realtime only`);
  const generated = await generate(flags, settings, paths, context);
  const whole =
    flags.shard === undefined || generated.interrupted || (await mergeIfLast(paths, terminal));
  if (flags.json) terminal.out(`${JSON.stringify(resultJson(generated))}\n`);
  else terminal.say(resultText(generated, flags, whole));
  if (generated.interrupted) context.exit(INTERRUPTED);
}

/** Returns the name of a flag as it is typed. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Merges the shards if this was the last of them in this folder; returns whether the folder is one world. */
async function mergeIfLast(paths: WorldPaths, terminal: Terminal): Promise<boolean> {
  const missing = missingShards(shardManifests(paths));
  if (missing.length > 0) {
    terminal.say(
      `Not merged yet: ${missing[0]}${missing.length > 1 ? `, and ${missing.length - 1} more` : ''}. The ` +
        'last shard merges them automatically; copy shards from other disks together and use "sim merge".\n',
    );
    return false;
  }
  const release = await awaitLock(paths.lock);
  try {
    // Another shard that ended at the same moment may have merged them meanwhile.
    if (shardManifests(paths).length === 0) return true;
    // Each shard wrote its files here itself, so none was copied here.
    const { regions } = await mergeShards(paths, { depth: 'recent' });
    terminal.say(`Merged ${regions.length} regions of all shards.\n`);
    return true;
  } finally {
    release();
  }
}

function resultText(generated: Generated, flags: RunFlags, whole: boolean): string {
  const { window, committedMs, rows, bytes, seconds, interrupted } = generated;
  if (window.toMs <= window.fromMs) {
    return `Nothing to do: the history reaches ${formatInstant(committedMs)} already.\n`;
  }
  const made =
    `${interrupted ? 'Stopped. ' : ''}Generated ${shortInstant(window.fromMs)} to ` +
    `${shortInstant(committedMs)}: ${formatCount(rows)} rows, ${formatBytes(bytes)} in ` +
    `${formatDuration(seconds)} (${formatCount(rows / seconds)} rows/s).\n`;
  if (!whole) return made;
  const next = interrupted
    ? `Continue with:\n  ${continuation(flags, window.toMs)}\n`
    : `Check it with:\n  ${verification(flags)}\n`;
  return made + next;
}

function verification(flags: RunFlags): string {
  const folder = flags.out === undefined ? '' : ` ${shellWord(flags.out)}`;
  return `${launcher()} verify${folder}${extensionArguments(flags)}`;
}

function resultJson({ window, committedMs, rows, bytes, seconds, interrupted }: Generated) {
  return {
    type: 'result',
    from: formatInstant(window.fromMs),
    to: formatInstant(window.toMs),
    generatedTo: formatInstant(committedMs),
    interrupted,
    rows,
    bytes,
    seconds,
  };
}
