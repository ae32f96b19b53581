/** Distribution of the lines of a shopping list after the first, by mission: a negative binomial as a table. */
import { AliasTable } from '../engine/variates.ts';
import { LINES_DISPERSION, MAX_LINES, meanLinesByMission } from '../policy/missions.ts';
import { SEGMENT_SHARES } from '../policy/segments.ts';

export class ListSizes {
  readonly byMission: readonly AliasTable[];

  /**
   * @param factor on the length of lists (longer for visitors who saw an ad)
   * @param purchase chance that a visit ends in a purchase, by mission
   */
  constructor(itemsPerTicketMean: number, factor: number, purchase: readonly number[]) {
    this.byMission = meanLinesByMission(itemsPerTicketMean, SEGMENT_SHARES, purchase).map(
      (mean) => new AliasTable(negativeBinomialWeights(mean * factor - 1, LINES_DISPERSION)),
    );
  }
}

/** Probabilities of 0, 1, 2 … up to MAX_LINES - 1 for a negative binomial with mean and dispersion k. */
function negativeBinomialWeights(mean: number, k: number): Float64Array {
  const weights = new Float64Array(MAX_LINES);
  const p = mean / (mean + k);
  weights[0] = 1;
  for (let n = 1; n < MAX_LINES; n++) weights[n] = (weights[n - 1] * p * (n - 1 + k)) / n;
  return weights;
}
