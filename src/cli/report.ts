/** `sim report`: compares a world with published figures of real retail, or with another world. */
import path from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../domain/errors.ts';
import { comparePaths, reportPaths } from '../library/report.ts';
import { comparisonJson, formatComparison } from '../report/against/text.ts';
import { realismPage } from '../report/page.ts';
import { loadPlots } from '../report/plots.ts';
import { formatRealism, realismJson } from '../report/text.ts';
import { StatusLine } from '../run/status-line.ts';
import type { WorldPaths } from '../store/paths.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import type { WorldFlags } from './arguments.ts';
import type { Context } from './context.ts';
import { noting } from './noting.ts';
import { pathsOf, readConfig } from './settings.ts';
import { messagesOf } from './terminal.ts';

interface ReportFlags extends WorldFlags {
  readonly json?: boolean;
  /** File to write; true for one in the world's folder. */
  readonly html?: string | true;
  readonly strict?: boolean;
  readonly against?: string;
}

const PAGE_FILE = 'report.html';
/** How alike columns and pairs of columns must be with --strict. */
const ALIKE = 0.9;

export function addReport(root: Command, context: Context): void {
  root
    .command('report')
    .argument('[dir]', "folder of the world; the config's paths or data/ if absent")
    .option('--config <file>', 'config.json whose paths to use')
    .option('--json', 'the report as JSON on stdout')
    .option(
      '--html [file]',
      `also as a page with plots, in this file or in ${PAGE_FILE} of the world`,
    )
    .option(
      '--strict',
      `exit code 1 if a target is missed, or if something is less than ${ALIKE} alike`,
    )
    .option(
      '--against <dir|file>',
      'compare with another world or with Parquet files instead of targets: distances of columns and pairs of columns',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  sim report w\n  sim report w --html --strict\n  sim report w --against extract/receipts.parquet',
    )
    .action(async (dir: string | undefined, flags: ReportFlags) => {
      const paths = pathsOf({ ...flags, out: dir }, readConfig(flags));
      if (flags.against === undefined) await report(paths, flags, context);
      else await compare(paths, flags.against, flags, context);
    });
}

async function report(
  paths: WorldPaths,
  { json, html, strict }: ReportFlags,
  { terminal, exit }: Context,
): Promise<void> {
  // What is missing is said before minutes of measuring.
  const plots = html === undefined ? undefined : await loadPlots();
  const line = new StatusLine(messagesOf(terminal));
  const result = await reportPaths(paths, {
    ...noting(terminal),
    onProgress: ({ step, done, total }) => line.show(() => `Measured ${done}/${total}: ${step}`),
  });
  line.clear();
  if (json) terminal.out(realismJson(result));
  else {
    const width = terminal.isTerminal ? terminal.columns : undefined;
    terminal.out(formatRealism(result, { width, colour: terminal.isTerminal }));
  }
  if (plots !== undefined) {
    const file = typeof html === 'string' ? html : path.join(paths.root, PAGE_FILE);
    writeFileAtomic(file, realismPage(result, plots));
    terminal.say(`Wrote ${file}\n`);
  }
  if (strict && result.missed > 0) exit(1);
}

async function compare(
  paths: WorldPaths,
  against: string,
  { json, html, strict }: ReportFlags,
  { terminal, exit }: Context,
): Promise<void> {
  if (html !== undefined) {
    throw new InputError(
      'Cannot use --html with --against: the page is about targets. Leave one of them out.',
    );
  }
  const line = new StatusLine(messagesOf(terminal));
  const result = await comparePaths(paths, against, {
    ...noting(terminal),
    onProgress: ({ step }) => line.show(() => `Compared: ${step}`),
  });
  line.clear();
  terminal.out(json ? comparisonJson(result) : formatComparison(result, ALIKE));
  if (strict && result.least < ALIKE) exit(1);
}
