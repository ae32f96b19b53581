/** Whether a measured speed is still that which was recorded. */

/** Ratios by runtime, such as `Node 20`: thousand rows in the time that one calibration takes. */
export type Recorded = Readonly<Record<string, number>>;

/** Lost from this share on, a measured ratio fails. */
export const GREATEST_LOSS = 0.25;

export interface Verdict {
  readonly passed: boolean;
  readonly text: string;
}

/**
 * Compares with what is recorded for the runtime. One without a recorded ratio fails as well: nobody would
 * notice a check that compares with nothing.
 */
export function verdict(runtime: string, ratio: number, recorded: Recorded): Verdict {
  if (!Object.hasOwn(recorded, runtime)) {
    const known = Object.keys(recorded).join(', ') || 'nothing';
    return {
      passed: false,
      text:
        `Cannot compare the speed on ${runtime}: recorded is ${known}. ` +
        'Record it with "npm run bench:check -- --record".',
    };
  }
  const loss = 1 - ratio / recorded[runtime];
  const figures =
    `${ratio.toFixed(1)} thousand rows a calibration on ${runtime}, ${recorded[runtime].toFixed(1)} ` +
    `recorded: ${percent(Math.abs(loss))} ${loss > 0 ? 'slower' : 'faster'}`;
  if (loss < GREATEST_LOSS) return { passed: true, text: figures };
  return {
    passed: false,
    text:
      `${figures}; a loss of ${percent(GREATEST_LOSS)} fails. Find what costs it (npm run bench, node ` +
      '--cpu-prof); if it is worth its price, record the new ratio with "npm run bench:check -- --record" ' +
      'and give the reason in the commit.',
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
