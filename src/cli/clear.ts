/** `sim clear`: removes a world and nothing else. */
import type { Command } from 'commander';
import { InputError } from '../domain/errors.ts';
import { shellWord } from '../domain/shell-word.ts';
import { hubLock } from '../hub/disk/hub-files.ts';
import { watchLock } from '../store/lock.ts';
import { removeShard, shardContent } from '../store/remove-shard.ts';
import { clearPhrase, removeWorld } from '../store/remove-world.ts';
import type { WorldPaths } from '../store/paths.ts';
import { type Shard, shardPaths } from '../store/shard.ts';
import { worldContent } from '../store/world-files.ts';
import { type WorldFlags, wholeNumber, withOut, withShard } from './arguments.ts';
import type { Context } from './context.ts';
import { noting } from './noting.ts';
import { pathsOf, readConfig } from './settings.ts';
import type { Terminal } from './terminal.ts';

interface ClearFlags extends WorldFlags {
  readonly shard?: Shard;
  readonly yes?: boolean;
  readonly phrase?: string;
  readonly files?: number;
}

export function addClear(root: Command, context: Context): void {
  withShard(withOut(root.command('clear')), 'remove only this shard, of shards that are not merged')
    .option('--config <file>', 'config.json whose paths to use')
    .option('--yes', 'the first confirmation')
    .option('--phrase <text>', 'the second: "clear" and the name of the folder (and the shard)')
    .option('--files <n>', 'the third: how many files it removes', wholeNumber('--files', 0))
    .addHelpText(
      'after',
      `
On a terminal it asks for what is not given; elsewhere, or first, it tells the number of files.

Examples:
  sim clear --out w
  sim clear --out w --yes --phrase "clear w" --files 312
  sim clear --out w --shard 2/5`,
    )
    .action((flags: ClearFlags) => clear(flags, context));
}

async function clear(flags: ClearFlags, { terminal }: Context): Promise<void> {
  const paths = pathsOf(flags, readConfig(flags));
  const { shard } = flags;
  await watchLock((shard === undefined ? paths : shardPaths(paths, shard)).lock, noting(terminal));
  await watchLock(hubLock(paths.hub), noting(terminal));
  if (shard !== undefined) return clearShard(shard, paths, flags, terminal);
  const { length } = worldContent(paths).own;
  if (length === 0) {
    terminal.say(`Nothing to remove: no world lies in "${paths.root}".\n`);
    return;
  }
  if (!(await isConfirmed(flags, paths, length, terminal))) {
    terminal.say('Nothing was removed.\n');
    return;
  }
  const { own, foreign } = removeWorld(paths);
  terminal.say(`Removed the world in "${paths.root}": ${own.length} files.\n`);
  if (foreign.length > 0) {
    terminal.say(`Kept, because this program did not create them:\n`);
    for (const file of foreign) terminal.say(`  ${file}\n`);
  }
}

async function clearShard(
  shard: Shard,
  paths: WorldPaths,
  flags: ClearFlags,
  terminal: Terminal,
): Promise<void> {
  const { length } = shardContent(paths, shard);
  const name = `shard ${shard.index}/${shard.count}`;
  if (length === 0) {
    terminal.say(`Nothing to remove: no ${name} lies in "${paths.root}".\n`);
    return;
  }
  if (!(await isConfirmed(flags, paths, length, terminal))) {
    terminal.say('Nothing was removed.\n');
    return;
  }
  const removed = removeShard(paths, shard);
  terminal.say(`Removed ${name} in "${paths.root}": ${removed.length} files.\n`);
}

/** Returns whether all three confirmations were given. @throws InputError if nobody can be asked for them */
async function isConfirmed(
  flags: ClearFlags,
  paths: WorldPaths,
  count: number,
  terminal: Terminal,
): Promise<boolean> {
  const phrase = clearPhrase(paths, flags.shard);
  const unasked = () =>
    new InputError(
      `Nothing was removed. This would remove ${count} files in "${paths.root}"; without a terminal to ` +
        `ask, sim clear needs: ${flags.shard === undefined ? '' : `--shard ${flags.shard.index}/${flags.shard.count} `}--yes --phrase ${shellWord(phrase)} --files ${count}`,
    );
  const yes =
    flags.yes ?? (await terminal.confirm(`Remove ${count} files in "${paths.root}" for good?`));
  if (yes === undefined) throw unasked();
  if (!yes) return false;
  const typed = flags.phrase ?? (await terminal.ask(`Type "${phrase}" to go on:`));
  if (typed === undefined) throw unasked();
  if (typed.trim() !== phrase) return refused('--phrase', flags.phrase, `"${phrase}"`);
  const files = flags.files ?? (await terminal.ask('How many files will be removed?'));
  if (files === undefined) throw unasked();
  if (Number(files) !== count) return refused('--files', flags.files, String(count));
  return true;
}

/** A wrong answer means no; a wrong flag is an error. */
function refused(flag: string, given: string | number | undefined, expected: string): false {
  if (given === undefined) return false;
  throw new InputError(`Nothing was removed: ${flag} is "${given}": expected ${expected}`);
}
