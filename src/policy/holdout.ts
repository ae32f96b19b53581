/** The customers who are shown no ads, for comparison with those who are. */
import { hashUnit, purposeKey } from '../engine/substream.ts';

const HOLDOUT = purposeKey('customer', 'holdout');

/** Whether a customer is held out: a property of the customer alone, whatever they do. */
export function inHoldout(seed: number, customerId: number, share: number): boolean {
  return hashUnit(seed, HOLDOUT, customerId) < share;
}
