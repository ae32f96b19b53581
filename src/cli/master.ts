/** `sim master`: creates a world without simulating any time. */
import type { Command } from 'commander';
import { formatInstant } from '../engine/time.ts';
import { takeLock, watchLock } from '../store/lock.ts';
import { readManifest } from '../store/manifest.ts';
import { openWorld } from '../run/open-world.ts';
import { withCompression } from '../store/world-settings.ts';
import { startOf } from '../world/config.ts';
import { instant, type WorldFlags, withOut, withWorldFlags } from './arguments.ts';
import type { Context } from './context.ts';
import { noting } from './noting.ts';
import { pathsOf, readSettings } from './settings.ts';

interface MasterFlags extends WorldFlags {
  readonly from?: number;
}

export function addMaster(root: Command, context: Context): void {
  withWorldFlags(withOut(root.command('master')))
    .description('Writes the dimension tables of a world; sim run can continue from there.')
    .option(
      '--from <day>',
      'opening instant of a new world',
      instant('--from', context.terminal.nowMs),
    )
    .addHelpText('after', '\nExample:\n  sim master --out w --seed 7 --preset small')
    .action((flags: MasterFlags) => master(flags, context));
}

async function master(flags: MasterFlags, { terminal, makeWorld }: Context): Promise<void> {
  const given = readSettings(flags);
  const paths = pathsOf(flags, given.config);
  await watchLock(paths.lock, noting(terminal));
  const release = takeLock(paths.lock);
  try {
    const there = readManifest(paths.manifest);
    const settings = withCompression(given, undefined, there);
    const startMs = flags.from ?? there?.startMs ?? startOf(settings.config);
    const world = makeWorld(settings, startMs, paths);
    openWorld(paths, world);
    for (const sentence of world.warnings()) terminal.say(`note: ${sentence}\n`);
    terminal.say(
      `Wrote the masters of a world that opens ${formatInstant(startMs)} to "${paths.master}".\n`,
    );
  } finally {
    release();
  }
}
