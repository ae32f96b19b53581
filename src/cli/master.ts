/** `sim master`: creates a world without simulating any time. */
import type { Command } from 'commander';
import type { Format } from '../domain/formats.ts';
import { formatInstant } from '../engine/time.ts';
import { beginWorld } from '../library/masters.ts';
import { instant, type WorldFlags, withFormat, withOut, withWorldFlags } from './arguments.ts';
import type { Context } from './context.ts';
import { noting } from './noting.ts';
import { pathsOf, readSettings } from './settings.ts';

interface MasterFlags extends WorldFlags {
  readonly from?: number;
  readonly format?: readonly Format[];
}

export function addMaster(root: Command, context: Context): void {
  withFormat(withWorldFlags(withOut(root.command('master'))))
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
  const startMs = await beginWorld({
    settings: given,
    paths,
    startMs: flags.from,
    formats: flags.format,
    makeWorld: await makeWorld(),
    ...noting(terminal),
  });
  terminal.say(
    `Wrote the masters of a world that opens ${formatInstant(startMs)} to "${paths.master}".\n`,
  );
}
