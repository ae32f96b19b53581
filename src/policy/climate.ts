/**
 * The climate of a place, by month: how likely a day is to be wet, and how warm it is on average.
 *
 * Rough fits to US climate normals 1991–2020 (NOAA): the east has rain all year, the Pacific coast dry summers, the
 * interior west little of it; it is colder by 0.8 °C for each degree north, and the further from the coast the more the
 * seasons differ.
 */

/** A place, degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Climate {
  /** Chance that a day is wet, by month. */
  readonly wetOdds: readonly number[];
  /** Mean temperature of the year, and what summer and winter differ from it, °C. */
  readonly meanC: number;
  readonly amplitudeC: number;
}

const EAST = [0.31, 0.31, 0.32, 0.31, 0.32, 0.3, 0.29, 0.28, 0.26, 0.26, 0.29, 0.31];
const NORTHWEST = [0.46, 0.4, 0.39, 0.32, 0.25, 0.18, 0.08, 0.08, 0.15, 0.28, 0.43, 0.47];
const CALIFORNIA = [0.25, 0.25, 0.22, 0.12, 0.06, 0.02, 0.01, 0.01, 0.02, 0.07, 0.15, 0.24];
const INTERIOR_WEST = [0.18, 0.18, 0.2, 0.19, 0.19, 0.13, 0.17, 0.19, 0.15, 0.14, 0.16, 0.18];

/** Course of the year between winter (-1) and summer (1) in the middle of each month. */
const COURSE = [-1, -0.86, -0.47, 0.03, 0.5, 0.86, 1, 0.93, 0.57, 0.05, -0.45, -0.88];

/** Returns the climate of a place in the United States. */
export function climateOf({ latitude, longitude }: Place): Climate {
  const pacific = longitude < -116 && latitude > 24;
  const interior = !pacific && longitude < -102 && latitude > 24;
  const coast = latitude < 42 ? CALIFORNIA : NORTHWEST;
  const inland = interior ? INTERIOR_WEST : EAST;
  return {
    wetOdds: pacific ? coast : inland,
    meanC: 27.5 - 0.8 * (latitude - 22) + (pacific && latitude > 42 ? 3 : 0),
    amplitudeC: Math.max(2, (4.5 + 0.62 * (latitude - 25)) * (pacific ? 0.45 : 1)),
  };
}

/** Mean temperature of a day of the year, °C. @param month from 1 @param place within it, 0 to 1 */
export function seasonalMeanC(
  { meanC, amplitudeC }: Climate,
  month: number,
  place: number,
): number {
  const shifted = month - 1 + place - 0.5 + 12;
  const from = Math.floor(shifted);
  const between = shifted - from;
  return (
    meanC + amplitudeC * (COURSE[from % 12] * (1 - between) + COURSE[(from + 1) % 12] * between)
  );
}
