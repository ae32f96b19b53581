/** What every bench does: rounds in which all contestants take turns, and the median of what they took. */
import { cpuUsage } from 'node:process';

/** How much to measure: `quick` is for a look, what it prints is not recorded. */
export type Extent = 'full' | 'quick';

/** Processor time of this process so far, its threads included, µs: other programs don't count in it. */
export function cpuUs(): number {
  const { user, system } = cpuUsage();
  return user + system;
}

/** Processor time that something takes, µs. */
export function cpuUsOf(work: () => void): number {
  const beganUs = cpuUs();
  work();
  return cpuUs() - beganUs;
}

/** The middle value; of an even number of values the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export interface Rounds {
  /** Rounds that count. */
  readonly rounds: number;
  /** Rounds before them that don't: compilers and caches get warm. */
  readonly warmUps?: number;
}

type Contestants<Name extends string, Result> = {
  readonly [N in Name]: () => Result | Promise<Result>;
};

/**
 * What each contestant gave, round by round. In a round all take a turn, every other time in the
 * opposite order, so that whatever changes on the machine meanwhile changes for all of them.
 */
export async function interleaved<Name extends string, Result>(
  contestants: Contestants<Name, Result>,
  { rounds, warmUps = 0 }: Rounds,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(contestants) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Result[]
  >;
  for (let round = -warmUps; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const result = await contestants[name]();
      if (round >= 0) results[name].push(result);
    }
  }
  return results;
}
