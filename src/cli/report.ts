/** `sim report`: compares a world with published figures of real retail. */
import type { Command } from 'commander';
import { reportPaths } from '../library/report.ts';
import { formatRealism, realismJson } from '../report/text.ts';
import { StatusLine } from '../run/status-line.ts';
import type { WorldFlags } from './arguments.ts';
import type { Context } from './context.ts';
import { noting } from './noting.ts';
import { pathsOf, readConfig } from './settings.ts';
import { messagesOf } from './terminal.ts';

interface ReportFlags extends WorldFlags {
  readonly json?: boolean;
  readonly strict?: boolean;
}

export function addReport(root: Command, context: Context): void {
  root
    .command('report')
    .argument('[dir]', "folder of the world; the config's paths or data/ if absent")
    .option('--config <file>', 'config.json whose paths to use')
    .option('--json', 'the report as JSON on stdout')
    .option('--strict', 'exit code 1 if a target is missed')
    .addHelpText('after', '\nExamples:\n  sim report w\n  sim report w --strict --json')
    .action((dir: string | undefined, flags: ReportFlags) => report(dir, flags, context));
}

async function report(
  dir: string | undefined,
  flags: ReportFlags,
  { terminal, exit }: Context,
): Promise<void> {
  const paths = pathsOf({ ...flags, out: dir }, readConfig(flags));
  const line = new StatusLine(messagesOf(terminal));
  const result = await reportPaths(paths, {
    ...noting(terminal),
    onProgress: ({ step, done, total }) => line.show(() => `Measured ${done}/${total}: ${step}`),
  });
  line.clear();
  if (flags.json) terminal.out(realismJson(result));
  else {
    const width = terminal.isTerminal ? terminal.columns : undefined;
    terminal.out(formatRealism(result, { width, colour: terminal.isTerminal }));
  }
  if (flags.strict && result.missed > 0) exit(1);
}
