/** The household money of a region's customers: how it lengthens or shortens the list of a day. Never saved. */
import { MISSION } from '../policy/missions.ts';
import {
  benefitDayOf,
  benefitFactor,
  PAY_CYCLES,
  payCycleOf,
  payFactor,
} from '../policy/household-income.ts';
import type { Setting } from './services.ts';

const DAYS_OF_MONTH = 31;

export class HouseholdBudgets {
  private readonly payCycle: Uint8Array;
  /** Day of the month, 0 without benefits. */
  private readonly benefitDay: Uint8Array;
  private day = Number.NaN;
  private readonly payFactors = new Float64Array(PAY_CYCLES.length);
  private readonly benefitFactors = new Float64Array(DAYS_OF_MONTH + 1);

  constructor({ seed, world, plan }: Pick<Setting, 'seed' | 'world' | 'plan'>) {
    this.payCycle = new Uint8Array(plan.customerCount);
    this.benefitDay = new Uint8Array(plan.customerCount);
    const { segment, geographyId } = world.customers;
    for (let patron = 0; patron < plan.customerCount; patron++) {
      const id = plan.firstCustomerId + patron;
      const { state } = world.geographies[geographyId[id - 1] - 1];
      this.payCycle[patron] = payCycleOf(seed, id);
      this.benefitDay[patron] = benefitDayOf(seed, id, segment[id - 1], state);
    }
  }

  /** Factor on the list of a customer on a local day. Benefits buy food: on trips for groceries. */
  listFactor(patron: number, mission: number, day: number): number {
    if (day !== this.day) this.turn(day);
    const pay = this.payFactors[this.payCycle[patron]];
    const forFood = mission === MISSION.grocery || mission === MISSION.bulk;
    return forFood ? pay * this.benefitFactors[this.benefitDay[patron]] : pay;
  }

  private turn(day: number): void {
    this.day = day;
    for (let cycle = 0; cycle < PAY_CYCLES.length; cycle++) {
      this.payFactors[cycle] = payFactor(cycle, day);
    }
    for (let benefitDay = 0; benefitDay <= DAYS_OF_MONTH; benefitDay++) {
      this.benefitFactors[benefitDay] = benefitFactor(benefitDay, day);
    }
  }
}
