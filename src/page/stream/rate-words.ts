/** A rate of events as it is shown. */
import { whole } from '../../domain/format.ts';

/** `500/s`, `0.25/s`. */
export function rateWords(perSecond: number): string {
  return `${perSecond >= 100 ? whole(Math.round(perSecond)) : Number(perSecond.toPrecision(3))}/s`;
}
