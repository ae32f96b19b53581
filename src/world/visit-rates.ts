/** Chances of purchases, with and without an ad, and how marketed buyers differ: from the config and the assortment. */
import { marketedPurchaseChances, marketedStay } from '../policy/marketed-visit.ts';
import { SINGLE_UNIT_CENTS, UNIT_SHARES } from '../policy/missions.ts';
import { baselinePurchaseRates } from './advertising.ts';
import type { Config } from './config.ts';
import { departmentLineShares } from './demand-mix.ts';
import type { Products } from './world.ts';

export interface VisitRates {
  /** Chance that a visit ends in a purchase, by mission: of visits without an ad, and because of one. */
  readonly purchase: readonly number[];
  readonly marketedPurchase: readonly number[];
  /** Factors on list and time in departments of visits because of an ad. */
  readonly marketedLines: number;
  readonly marketedStay: number;
  /** Units that they take beyond others of a line that sells in several units, the mean. */
  readonly marketedUnits: number;
}

export function visitRatesOf(config: Pick<Config, 'marketing'>, products: Products): VisitRates {
  const { marketing } = config;
  const purchase = baselinePurchaseRates(config);
  const { lines_uplift: lines, spend_uplift: spend } = marketing;
  const beyondLines = (1 + spend) / (1 + lines) - 1;
  return {
    purchase,
    marketedPurchase: marketedPurchaseChances(purchase, marketing.purchase_rate),
    marketedLines: 1 + lines,
    marketedStay: marketedStay(marketing.stay_uplift, lines),
    marketedUnits: (beyondLines * meanUnits()) / severalUnitsShare(products),
  };
}

/** Mean units of a line that sells in several units. */
function meanUnits(): number {
  return UNIT_SHARES.reduce<number>((sum, share, more) => sum + share * (1 + more), 0);
}

/** Share of the value of all lines that is in products of which shoppers take several units. */
function severalUnitsShare({ count, department, popularity, salePriceCents }: Products): number {
  const lines = departmentLineShares();
  let several = 0;
  let single = 0;
  for (let product = 0; product < count; product++) {
    const value = lines[department[product]] * popularity[product] * salePriceCents[product];
    if (salePriceCents[product] > SINGLE_UNIT_CENTS) single += value;
    else several += value * meanUnits();
  }
  return several + single === 0 ? 1 : Math.max(0.05, several / (several + single));
}
