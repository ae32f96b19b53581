/**
 * Signals that a beacon receives: log-distance path loss with correlated shadowing.
 *
 * RSSI = -59 dBm at one metre, path-loss exponent 2.3, lognormal shadowing of 5 dB that follows the
 * shopper from ping to ping as an AR(1) process (measurement papers on indoor BLE).
 */
import { ln } from '../engine/elementary.ts';
import type { Substream } from '../engine/substream.ts';
import { normal } from '../engine/variates.ts';

const RSSI_AT_1_M = -59;
const EXPONENT = 2.3;
const SHADOWING_DB = 5;
const CORRELATION = 0.7;
const INNOVATION_DB = SHADOWING_DB * Math.sqrt(1 - CORRELATION * CORRELATION);
const STEPS = 64;
const LN10 = ln(10);
const MIN_METRES = 1;
const MAX_METRES = 14;

/** Mean RSSI by step of distance, so that a ping needs no logarithm. */
const MEAN_RSSI = Float64Array.from({ length: STEPS }, (_, step) => {
  const metres = MIN_METRES + ((MAX_METRES - MIN_METRES) * (step + 0.5)) / STEPS;
  return RSSI_AT_1_M - 10 * EXPONENT * (ln(metres) / LN10);
});

/** Shadowing of the next ping, dB, given the previous one. */
export function nextShadowing(shadowing: number, stream: Substream): number {
  return CORRELATION * shadowing + INNOVATION_DB * normal(stream);
}

/** RSSI in whole dBm at a random place in the zone, limited to what receivers report. */
export function rssi(shadowing: number, stream: Substream): number {
  const value = Math.round(MEAN_RSSI[stream.below(STEPS)] + shadowing);
  return Math.max(-100, Math.min(-20, value));
}
