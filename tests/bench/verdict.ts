/** Whether a measured speed is still that which was recorded. */

/** Ratios by runtime, such as `Node 20`: thousand rows in the time that one calibration takes. */
export type Recorded = Readonly<Record<string, number>>;

/**
 * Lost from this share on, a measured ratio fails. A measurement is some 6 % off at times: a loss of a
 * quarter must show all the same.
 */
export const GREATEST_LOSS = 0.2;

export interface Verdict {
  readonly passed: boolean;
  readonly text: string;
}

/**
 * Compares with what is recorded for the runtime, or for its nearest version: what a version changes, it
 * changes for the calibration as well. One of which nothing is recorded fails: nobody would notice a check
 * that compares with nothing.
 */
export function verdict(runtime: string, ratio: number, recorded: Recorded): Verdict {
  const nearest = nearestVersion(runtime, Object.keys(recorded));
  if (nearest === undefined) {
    const known = Object.keys(recorded).join(', ') || 'nothing';
    return {
      passed: false,
      text:
        `Cannot compare the speed on ${runtime}: recorded is ${known}. ` +
        'Record it with "npm run bench:check -- --record".',
    };
  }
  const loss = 1 - ratio / recorded[nearest];
  const figures =
    `${ratio.toFixed(1)} thousand rows a calibration on ${runtime}, ${recorded[nearest].toFixed(1)} ` +
    `recorded${nearest === runtime ? '' : ` on ${nearest}`}: ` +
    `${percent(Math.abs(loss))} ${loss > 0 ? 'slower' : 'faster'}`;
  if (loss < GREATEST_LOSS) return { passed: true, text: figures };
  return {
    passed: false,
    text:
      `${figures}; a loss of ${percent(GREATEST_LOSS)} fails. Find what costs it (npm run bench, node ` +
      '--cpu-prof); if it is worth its price, record the new ratio with "npm run bench:check -- --record" ' +
      'and give the reason in the commit.',
  };
}

/** Of `Node 20` and the like: the one of the same name whose version is nearest, the older of two. */
function nearestVersion(runtime: string, known: readonly string[]): string | undefined {
  const [name, version] = runtime.split(' ');
  const away = (other: string) => Math.abs(Number(other.split(' ')[1]) - Number(version));
  return known
    .filter((other) => other.split(' ')[0] === name)
    .toSorted((a, b) => away(a) - away(b) || Number(a.split(' ')[1]) - Number(b.split(' ')[1]))[0];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
