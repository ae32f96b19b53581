/** `sim merge`: merges shards into one world. */
import type { Command } from 'commander';
import { formatInstant } from '../engine/time.ts';
import { takeLock, watchLock } from '../store/lock.ts';
import { mergeShards } from '../store/merge.ts';
import { type WorldFlags, withOut } from './arguments.ts';
import type { Context } from './context.ts';
import { noting } from './noting.ts';
import { pathsOf, readConfig } from './settings.ts';

interface MergeFlags extends WorldFlags {
  readonly sizes?: boolean;
}

export function addMerge(root: Command, context: Context): void {
  withOut(root.command('merge'))
    .option('--config <file>', 'config.json whose paths to use')
    .option('--sizes', 'compare only the sizes of files, without reading their content')
    .addHelpText(
      'after',
      `
Shards (sim run --shard 2/5) that write into one folder are merged by the last of them. Where each
machine has its own disk, copy the folders into one and merge there. Every file is read and compared with
what its shard wrote. You can repeat a merge safely.

Example:
  sim merge --out w`,
    )
    .action(async (flags: MergeFlags) => {
      const paths = pathsOf(flags, readConfig(flags));
      await watchLock(paths.lock, noting(context.terminal));
      const release = takeLock(paths.lock);
      try {
        const { committedMs, regions } = await mergeShards(paths, {
          depth: flags.sizes === true ? 'sizes' : 'all',
        });
        context.terminal.say(
          `Merged ${regions.length} regions: the history reaches ${formatInstant(committedMs)}.\n`,
        );
      } finally {
        release();
      }
    });
}
