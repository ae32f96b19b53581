/** `sim clear`: removes a world, and nothing else. */
import type { Command } from 'commander';
import { InputError } from '../domain/errors.ts';
import { takeLock } from '../run/lock.ts';
import { removeFiles, worldContent } from '../run/world-files.ts';
import { type WorldFlags, withOut } from './arguments.ts';
import type { Context } from './context.ts';
import { pathsOf, readConfig } from './settings.ts';

interface ClearFlags extends WorldFlags {
  readonly yes?: boolean;
}

export function addClear(root: Command, context: Context): void {
  withOut(root.command('clear'))
    .description('Removes a world: only files that this program made.')
    .option('--config <file>', 'config.json whose paths to use')
    .option('--yes', 'without asking')
    .addHelpText('after', '\nExample:\n  sim clear --out w --yes')
    .action((flags: ClearFlags) => clear(flags, context));
}

async function clear(flags: ClearFlags, { terminal }: Context): Promise<void> {
  const paths = pathsOf(flags, readConfig(flags));
  const found = worldContent(paths);
  if (found.own.length === 0) {
    terminal.say(`Nothing to remove: no world lies in "${paths.root}".\n`);
    return;
  }
  if (flags.yes !== true) {
    const answer = await terminal.confirm(`Remove ${found.own.length} files in "${paths.root}"?`);
    if (answer === undefined) {
      throw new InputError(
        'Nothing was removed: without a terminal to ask, sim clear needs --yes.',
      );
    }
    if (!answer) {
      terminal.say('Nothing was removed.\n');
      return;
    }
  }
  const release = takeLock(paths.lock);
  try {
    const { own } = worldContent(paths);
    // The manifest first: what is left of a broken removal must not pass for a world.
    removeFiles([paths.manifest], []);
    removeFiles(
      own.filter((file) => file !== paths.lock),
      [paths.master, paths.facts, paths.closing, paths.stream, paths.live],
    );
  } finally {
    release();
  }
  terminal.say(`Removed the world in "${paths.root}": ${found.own.length} files.\n`);
  if (found.foreign.length > 0) {
    terminal.say(`Left alone, as this program did not make them:\n`);
    for (const file of found.foreign) terminal.say(`  ${file}\n`);
  }
}
