/** `sim quickstart`: generates and checks a week of the default world, and says what to do with it. */
import type { Command } from 'commander';
import { shellWord } from '../domain/shell-word.ts';
import { type FileFormat, fileFormats, FORMAT_ENDINGS, parseFormats } from '../domain/formats.ts';
import { DAY_MS } from '../engine/time.ts';
import { formatBytes, formatCount, formatDuration } from '../domain/format.ts';
import { FIRST_RUN_DAYS } from '../run/window.ts';
import { quotedPath } from '../verify/column-types.ts';
import { startOf } from '../world/config.ts';
import { type WorldFlags, withOut } from './arguments.ts';
import type { Context } from './context.ts';
import { type GenerateFlags, generate } from './generate.ts';
import { INTERRUPTED } from './interrupt.ts';
import { pathsOf, readSettings } from './settings.ts';
import { continuation, launcher, shortInstant, worldArguments } from './suggest.ts';
import { checkWorld } from './verify.ts';

export function addQuickstart(root: Command, context: Context): void {
  withOut(root.command('quickstart')).action((flags: GenerateFlags) => quickstart(flags, context));
}

async function quickstart(given: GenerateFlags, context: Context): Promise<void> {
  const { terminal } = context;
  const settings = readSettings(given);
  const paths = pathsOf(given, settings.config);
  const startMs = startOf(settings.config);
  const flags = { ...given, from: startMs, days: FIRST_RUN_DAYS };
  terminal.say(
    `The default world, ${shortInstant(startMs)} to ${shortInstant(startMs + FIRST_RUN_DAYS * DAY_MS)}, in "${paths.root}"\n`,
  );
  const { rows, bytes, seconds, interrupted, committedMs } = await generate(
    flags,
    settings,
    paths,
    context,
  );
  if (interrupted) {
    terminal.say(
      `Stopped. Continue with:\n  ${continuation(given, startMs + FIRST_RUN_DAYS * DAY_MS)}\n`,
    );
    context.exit(INTERRUPTED);
    return;
  }
  terminal.say(
    rows === 0
      ? `It already exists, up to ${shortInstant(committedMs)}.\n`
      : `Generated ${formatCount(rows)} rows, ${formatBytes(bytes)} in ${formatDuration(seconds)}.\n`,
  );
  terminal.say('Checking every invariant over its files …\n');
  await checkWorld(paths, context, 'summary');
  const { format } = settings.config.output;
  terminal.say(nextSteps(paths.root, fileFormats(parseFormats(format, 'output.format'))[0], given));
}

function nextSteps(root: string, format: FileFormat, flags: WorldFlags): string {
  const sim = launcher();
  // The pattern is the program's own; the folder's name is escaped.
  const receipts = `${quotedPath(`${root}/facts/receipts`).slice(0, -1)}/*/*${FORMAT_ENDINGS[format]}'`;
  const query = `SELECT StoreID, count(*) AS receipts, sum(Total) AS sales FROM ${receipts} GROUP BY ALL ORDER BY ALL`;
  return `
What next:
  ${sim} run --mode history${worldArguments(flags)} --days 7          another week of the same world
  ${sim} run --mode history --out holiday --preset small --scenario holiday --from 2024-11-20 --days 14
  ${sim} estimate --days 365                  how big and how long a year would be
  duckdb -c ${shellWord(query)}
`;
}
