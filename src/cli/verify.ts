/** `sim verify`: checks every invariant over the files of a world. */
import type { Command } from 'commander';
import { verifyPaths } from '../library/verify.ts';
import { formatReport, reportJson, summaryLine } from '../verify/report.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { WorldFlags } from './arguments.ts';
import { StatusLine } from '../run/status-line.ts';
import { messagesOf } from './terminal.ts';
import type { Context } from './context.ts';
import { noting } from './noting.ts';
import { pathsOf, readConfig } from './settings.ts';

interface VerifyFlags extends WorldFlags {
  readonly json?: boolean;
}

export function addVerify(root: Command, context: Context): void {
  root
    .command('verify')
    .argument('[dir]', "folder of the world; the config's paths or data/ if absent")
    .option('--config <file>', 'config.json whose paths to use')
    .option('--json', 'the report as JSON on stdout')
    .addHelpText('after', '\nExample:\n  sim verify w')
    .action(async (dir: string | undefined, flags: VerifyFlags) => {
      const paths = pathsOf({ ...flags, out: dir }, readConfig(flags));
      await checkWorld(paths, context, flags.json ? 'json' : 'table');
    });
}

/** How to report: every check, the same as JSON, or one line unless a check failed. */
export type ReportStyle = 'table' | 'json' | 'summary';

/** Verifies, prints the report, and sets exit code 1 if a check failed. */
export async function checkWorld(
  paths: WorldPaths,
  { terminal, exit }: Context,
  style: ReportStyle,
): Promise<void> {
  const line = new StatusLine(messagesOf(terminal));
  const report = await verifyPaths(paths, {
    ...noting(terminal),
    onProgress: ({ step, done, total }) => line.show(() => `Checked ${done}/${total}: ${step}`),
  });
  line.clear();
  if (style === 'json') terminal.out(reportJson(report));
  else if (style === 'summary' && report.broken === 0) terminal.out(`${summaryLine(report)}\n`);
  else {
    const width = terminal.isTerminal ? terminal.columns : undefined;
    terminal.out(formatReport(report, { width, colour: terminal.isTerminal }));
  }
  if (report.broken > 0) exit(1);
}
