/** Lengths of shopping lists by mission and household. */
import type { Substream } from '../engine/substream.ts';
import { listLines } from '../policy/household-baskets.ts';
import { meanLinesByMission } from '../policy/missions.ts';
import { SEGMENT_SHARES } from '../policy/segments.ts';

export class ListSizes {
  private readonly meanLines: readonly number[];

  /**
   * @param factor on the length of lists (longer for visitors who saw an ad)
   * @param purchase chance that a visit ends in a purchase, by mission
   */
  constructor(itemsPerTicketMean: number, factor: number, purchase: readonly number[]) {
    this.meanLines = meanLinesByMission(itemsPerTicketMean, SEGMENT_SHARES, purchase).map(
      (mean) => mean * factor,
    );
  }

  /** Draws the number of lines that a household wants on a mission. */
  draw(mission: number, nature: number, stream: Substream): number {
    return listLines(stream, this.meanLines[mission], nature);
  }
}
