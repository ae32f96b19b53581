/** Demand of a store's shoppers for each department, by mission: a pure function of the hour, so never saved. */
import { DEPARTMENTS } from '../domain/values.ts';
import { HOUR_MS } from '../engine/time.ts';
import { departmentIndex } from '../policy/calendar-effects.ts';
import type { Effects } from '../policy/effects.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { DEPARTMENT_MIX, MISSIONS } from '../policy/missions.ts';

export class StoreDemand {
  private readonly storeId: number;
  private readonly zone: ZoneTime;
  private readonly effects: Effects;
  private validUntilMs = Number.NEGATIVE_INFINITY;
  private readonly mix = MISSIONS.map(() => new Float64Array(DEPARTMENTS.length));
  private readonly mixTotal = new Float64Array(MISSIONS.length);

  constructor(storeId: number, zone: ZoneTime, effects: Effects) {
    this.storeId = storeId;
    this.zone = zone;
    this.effects = effects;
  }

  /** Updates the weights to the present hour. */
  refresh(nowMs: number): void {
    if (nowMs < this.validUntilMs) return;
    const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
    const day = this.zone.localDay(hourMs);
    this.validUntilMs = hourMs + HOUR_MS;
    for (let department = 0; department < DEPARTMENTS.length; department++) {
      const factor =
        departmentIndex(department, day) *
        this.effects.departmentDemand(this.storeId, department, hourMs);
      for (let mission = 0; mission < MISSIONS.length; mission++) {
        this.mix[mission][department] = DEPARTMENT_MIX[mission][department] * factor;
      }
    }
    for (let mission = 0; mission < MISSIONS.length; mission++) {
      this.mixTotal[mission] = this.mix[mission].reduce((sum, weight) => sum + weight, 0);
    }
  }

  /** Returns the weights by department. */
  weights(mission: number): Float64Array {
    return this.mix[mission];
  }

  /** Returns the sum of the weights. */
  total(mission: number): number {
    return this.mixTotal[mission];
  }
}
