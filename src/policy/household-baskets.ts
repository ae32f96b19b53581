/**
 * How often households shop and how much they buy: purchase rates are gamma-distributed over households (NBD;
 * Ehrenberg 1959), the lengths of a household's shopping lists negative binomial around a mean of its own, with a
 * regularity of its own. Over all visits the mean stays that of the missions (missions.ts).
 *
 * Parameters were fitted to the households of the Complete Journey 2017: trips a week, mean lines, variation of the
 * basket's value, lines per basket and concentration of the value over households, all at once.
 */
import { exp } from '../engine/elementary.ts';
import { GammaQuantile } from '../engine/gamma-quantile.ts';
import type { Substream } from '../engine/substream.ts';
import { negativeBinomial } from '../engine/variates.ts';
import { MAX_LINES } from './missions.ts';
import { lognormally, normally, Trait } from './trait.ts';

/** Shape of the purchase rates' gamma distribution: a few households come often, most now and then. */
const RATE_SHAPE = 1.25;
/** Standard deviation of the logarithm of households' mean lines. */
const SIZE_SPREAD = 0.5;
/** Correlation of size and rate: who comes more often buys somewhat less at a time. */
const SIZE_TO_RATE = -0.65;
/** Median dispersion k of a household's lists around the mean of a mission, and the spread of its logarithm. */
const REGULARITY_MEDIAN = 3.5;
const REGULARITY_SPREAD = 0.8;

const rates = new GammaQuantile(RATE_SHAPE);
const RATE = new Trait('rate', normally(0, 1));
const SIZE = new Trait('basket-size', normally(0, 1));
const REGULARITY = new Trait(
  'basket-regularity',
  lognormally(REGULARITY_MEDIAN, REGULARITY_SPREAD),
);

const ownSpread = SIZE_SPREAD * Math.sqrt(1 - SIZE_TO_RATE * SIZE_TO_RATE);
const rateSpread = SIZE_SPREAD * SIZE_TO_RATE;
/** Mean of the unscaled size over visits: over households, weighted by how often they come. */
const MEAN_SIZE = meanSize();

function meanSize(): number {
  const { values } = RATE;
  let sum = 0;
  for (const [level, z] of values.entries()) {
    sum += rates.at((level + 0.5) / values.length) * exp(rateSpread * z);
  }
  return (sum / values.length) * exp((ownSpread * ownSpread) / 2);
}

/** Returns a household's relative purchase rate; the mean over households is 1. */
export function purchaseRate(nature: number): number {
  return rates.at(RATE.standing(nature));
}

/** Returns the length of a household's lists relative to others; the mean over all visits is 1. */
export function basketSize(nature: number): number {
  return exp(ownSpread * SIZE.of(nature) + rateSpread * RATE.of(nature)) / MEAN_SIZE;
}

/**
 * Draws the lines of a household's list.
 * @param meanLines of the mission over all households, at least 1
 */
export function listLines(stream: Substream, meanLines: number, nature: number): number {
  const more = meanLines * basketSize(nature) - 1;
  return Math.min(MAX_LINES, 1 + negativeBinomial(stream, more, REGULARITY.of(nature)));
}
