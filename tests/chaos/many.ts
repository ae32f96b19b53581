/** Many seeds, some at a time, and what is told of them. */
import { shellWord } from '../../src/domain/shell-word.ts';
import type { Grounds } from './grounds.ts';
import { type Outcome, runSeed, type SeedOptions } from './seed.ts';
import { PROMISES, Violation } from './violation.ts';

/** What a seed was run with, as the command line has it. */
export interface Again {
  readonly steps: number;
  readonly program?: string;
}

/** Runs seeds, `jobs` at a time; in the order in which they ended. */
export async function runSeeds(
  grounds: Grounds,
  seeds: readonly number[],
  jobs: number,
  options: Omit<SeedOptions, 'onStep'> & {
    readonly onStep?: (seed: number, line: string) => void;
    readonly onOutcome?: (outcome: Outcome) => void;
  },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...seeds];
  const work = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const current = seed;
      const onStep = (line: string) => options.onStep?.(current, line);
      const outcome = await runSeed(grounds, current, { ...options, onStep });
      outcomes.push(outcome);
      options.onOutcome?.(outcome);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return outcomes;
}

/** How a seed ended; where it found something, with what was done and how to do it again. */
export function outcomeText(outcome: Outcome, { steps, program }: Again): string {
  const { seed, done, seconds, events, fault, folder } = outcome;
  const took = `${seconds.toFixed(1)} s, ${events} events`;
  if (fault === undefined) return `seed ${seed}: all promises kept (${took})`;
  const what =
    fault instanceof Violation
      ? `VIOLATION ${fault.promise} (${PROMISES[fault.promise]})\n${fault.message}`
      : `the driver failed: ${fault.stack}`;
  const more = program === undefined ? '' : ` --program ${shellWord(program)}`;
  return [
    `seed ${seed}: ${what}`,
    ...done.map((line) => `  ${line}`),
    `  ${took}; the world is in ${folder}`,
    `  again: npm run chaos -- --seed ${seed} --steps ${steps}${more} --verbose`,
  ].join('\n');
}

/** How many seeds found what, and which. */
export function summaryText(outcomes: readonly Outcome[]): string {
  const sorted = [...outcomes].sort((a, b) => a.seed - b.seed);
  const failed = sorted.filter(({ fault }) => fault !== undefined);
  const kinds = new Map<string, number[]>();
  for (const { seed, fault } of failed) {
    const kind = fault instanceof Violation ? fault.promise : 'the driver failed';
    kinds.set(kind, [...(kinds.get(kind) ?? []), seed]);
  }
  const seconds = sorted.reduce((sum, outcome) => sum + outcome.seconds, 0);
  return [
    `\n${sorted.length} seeds, ${failed.length} with a violation, ${(seconds / sorted.length).toFixed(1)} s a seed`,
    ...[...kinds].map(([kind, found]) => `  ${kind}: ${found.length}, seeds ${found.join(', ')}`),
  ].join('\n');
}
