/** Promotions that scenarios declare, and their codes. */
import { InputError } from '../domain/errors.ts';
import type { ScenarioPromotion } from '../policy/effects.ts';
import type { Scenario, ScenarioEffect } from './scenario.ts';
import type { Span } from './windows.ts';

type PromotionEffect = Extract<ScenarioEffect, { kind: 'promotion' }>;

const NAME_LENGTH = 9;

/**
 * Collects promotions while effects are compiled. Windows that begin at local midnights of several zones make one
 * promotion.
 */
export class PromotionBook {
  private readonly promotions = new Map<string, ScenarioPromotion>();
  private readonly owners = new Map<string, string>();

  /** Returns the promotion of an effect in one period of its window, in a zone. */
  declare(scenario: Scenario, effect: PromotionEffect, span: Span): ScenarioPromotion {
    const code = promotionCode(scenario, effect, span.year);
    const owner = this.owners.get(code);
    if (owner !== undefined && owner !== scenario.file) {
      throw new InputError(
        `Cannot use scenarios ${owner} and ${scenario.file} together: both have the promotion code ` +
          `${code}. Give them names that differ in their first ${NAME_LENGTH} characters.`,
      );
    }
    this.owners.set(code, scenario.file);
    const known = this.promotions.get(code);
    const { departments = [] } = effect.targets ?? {};
    const promotion = {
      code,
      department: departments.length === 1 ? departments[0] : '',
      percentOff: effect.percentOff,
      startMs: Math.min(span.startMs, known?.startMs ?? span.startMs),
      endMs: Math.max(span.endMs, known?.endMs ?? span.endMs),
    };
    this.promotions.set(code, promotion);
    return promotion;
  }

  /** Returns all promotions by start. */
  list(): ScenarioPromotion[] {
    return [...this.promotions.values()].sort(
      (a, b) => a.startMs - b.startMs || (a.code < b.code ? -1 : 1),
    );
  }
}

/** `SCN-HOLIDAY2-25-2024`: scenario, number of its promotion, percent off, year of the holiday. */
function promotionCode(scenario: Scenario, effect: PromotionEffect, year?: number): string {
  const name = scenario.name.toUpperCase().replaceAll('-', '').slice(0, NAME_LENGTH);
  const own = scenario.effects.filter(({ kind }) => kind === 'promotion');
  const number = own.length > 1 ? own.indexOf(effect) + 1 : '';
  return `SCN-${name}${number}-${effect.percentOff}${year === undefined ? '' : `-${year}`}`;
}
