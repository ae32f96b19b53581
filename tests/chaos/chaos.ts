/**
 * Draws what people and machines do to a world, does it to the real program, and checks what comes of it.
 *
 *   npm run chaos -- --seed 7 --steps 8
 *   npm run chaos -- --seeds 1..100 --jobs 2
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { wholeNumber } from '../../src/cli/arguments.ts';
import { InputError, reasonOf } from '../../src/domain/errors.ts';
import { Grounds } from './grounds.ts';
import { outcomeText, runSeeds, summaryText } from './many.ts';
import { bundled, fromSources } from './program.ts';
import { planText } from './seed.ts';

/** Steps of a seed, where nothing else is asked for. */
const STEPS = 5;
const FIRST_SEEDS = '1..20';

interface Flags {
  readonly seed?: number;
  readonly seeds: string;
  readonly steps: number;
  readonly jobs: number;
  readonly program?: string;
  readonly sources?: boolean;
  readonly out?: string;
  readonly keep?: boolean;
  readonly plan?: boolean;
  readonly verbose?: boolean;
}

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const command = new Command('chaos')
    .description(
      'Draws commands and faults, does them to the real program, and checks what comes of it.',
    )
    .option('--seed <n>', 'one seed', wholeNumber('--seed', 0))
    .option('--seeds <a..b>', 'many', FIRST_SEEDS)
    .option('--steps <k>', 'steps of a seed', wholeNumber('--steps', 1), STEPS)
    .option('--jobs <n>', 'seeds at a time', wholeNumber('--jobs', 1), 1)
    .option('--program <path>', 'src/cli.ts of the program to try; this one by default')
    .option('--sources', 'run it from its sources, not from a bundle')
    .option('--out <dir>', 'where the worlds are made; a temporary folder by default')
    .option('--keep', 'keep the worlds of seeds that found nothing, too')
    .option('--plan', 'only tell what would be done')
    .option('--verbose', 'tell each step')
    .parse();
  const flags = command.opts<Flags>();
  const seeds = flags.seed === undefined ? range(flags.seeds) : [flags.seed];
  if (flags.plan) {
    for (const seed of seeds) say(`seed ${seed}\n${planText(seed, flags.steps)}\n`);
    return;
  }
  const folder = path.resolve(flags.out ?? mkdtempSync(path.join(os.tmpdir(), 'chaos-')));
  mkdirSync(folder, { recursive: true });
  const cli = cliOf(flags.program);
  const program = flags.sources
    ? fromSources(cli)
    : await bundled(path.join(mkdtempSync(path.join(folder, 'program-')), 'bundle'), cli);
  const grounds = new Grounds(folder, program);
  const again = { steps: flags.steps, program: flags.program };
  const outcomes = await runSeeds(grounds, seeds, flags.jobs, {
    steps: flags.steps,
    keep: flags.keep === true,
    onStep: (seed, line) => flags.verbose && say(`seed ${seed}: ${line}`),
    onOutcome: (outcome) => say(outcomeText(outcome, again)),
  });
  if (seeds.length > 1) say(summaryText(outcomes));
  const failed = outcomes.some(({ fault }) => fault !== undefined);
  if (!failed && !flags.keep && flags.out === undefined) rmSync(folder, { recursive: true });
  if (failed) process.exitCode = 1;
}

function range(text: string): number[] {
  const match = /^(\d+)\.\.(\d+)$/.exec(text);
  const [first, last] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || last < first) {
    throw new InputError(`--seeds is "${text}": expected a first and a last seed, such as 1..20`);
  }
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The src/cli.ts that is meant by it, or by the folder of a checkout. */
function cliOf(program: string | undefined): string | undefined {
  if (program === undefined) return undefined;
  const found = path.resolve(program);
  return statSync(found).isDirectory() ? path.join(found, 'src', 'cli.ts') : found;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
try {
  await main();
} catch (error) {
  process.stderr.write(
    `error: ${error instanceof InputError ? reasonOf(error) : (error as Error).stack}\n`,
  );
  process.exitCode = error instanceof InputError ? 2 : 1;
}
