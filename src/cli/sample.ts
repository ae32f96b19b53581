/** `sim sample`: makes the sample, a small world that is the same everywhere. */
import type { Command } from 'commander';
import { formatCount, formatDuration } from '../domain/format.ts';
import { DAY_MS } from '../engine/time.ts';
import { tableDigest } from '../store/table-digest.ts';
import { WORLD_VERSION } from '../store/manifest.ts';
import { type WorldFlags, withOut } from './arguments.ts';
import type { Context } from './context.ts';
import { type GenerateFlags, generate } from './generate.ts';
import { INTERRUPTED } from './interrupt.ts';
import { pathsOf, readSettings } from './settings.ts';
import { launcher } from './suggest.ts';
import { shellWord } from '../domain/shell-word.ts';

/** Two weeks that end with Black Friday and its weekend. */
const SAMPLE = { preset: 'small', seed: 1, from: Date.UTC(2024, 10, 18), days: 14 } as const;
const DEFAULT_FOLDER = 'sample';

export function addSample(root: Command, context: Context): void {
  withOut(root.command('sample'))
    .addHelpText(
      'after',
      `
The world of the preset small with seed 1, from 2024-11-18 to 2024-12-02, in Parquet, in sample/ unless --out names another
folder. It is the same on every machine: the digest of its tables, on stdout, tells. Lessons and tests can rely on its
figures as long as the world version (${WORLD_VERSION}) stays.

Examples:
  sim sample
  sim sample --out lesson
  sim query "SELECT Department, sum(ExtPrice) AS revenue FROM sales GROUP BY ALL ORDER BY 2 DESC" --out sample`,
    )
    .action((flags: WorldFlags) => sample(flags, context));
}

async function sample({ out = DEFAULT_FOLDER }: WorldFlags, context: Context): Promise<void> {
  const { terminal } = context;
  const flags: GenerateFlags = { out, preset: SAMPLE.preset, seed: SAMPLE.seed };
  const settings = readSettings(flags);
  const paths = pathsOf(flags, settings.config);
  const window = { from: SAMPLE.from, to: SAMPLE.from + SAMPLE.days * DAY_MS };
  const made = await generate(
    { ...flags, ...window, format: ['parquet'] },
    settings,
    paths,
    context,
  );
  if (made.interrupted) {
    terminal.say(`Stopped. Run it again to go on: ${launcher()} sample --out ${shellWord(out)}\n`);
    context.exit(INTERRUPTED);
    return;
  }
  terminal.say(
    made.rows === 0
      ? `It is in "${out}" already.\n`
      : `Made ${formatCount(made.rows)} rows in "${out}" in ${formatDuration(made.seconds)}.\n`,
  );
  terminal.out(`sha256 ${tableDigest(paths)}\n`);
}
