/** Demand of a store's shoppers for each department, by mission: a pure function of the hour, so never saved. */
import { DEPARTMENTS } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { HOUR_MS } from '../engine/time.ts';
import { departmentIndex } from '../policy/calendar-effects.ts';
import type { Effects } from '../policy/effects.ts';
import type { ZoneTime } from '../policy/local-time.ts';
import { missionOf } from '../policy/household-missions.ts';
import { missionIndex } from '../policy/mission-season.ts';
import { DEPARTMENT_MIX, MISSION_SHARES, MISSIONS } from '../policy/missions.ts';
import type { RegionWeather } from './region-weather.ts';

export class StoreDemand {
  private readonly storeId: number;
  private readonly zone: ZoneTime;
  private readonly effects: Effects;
  private readonly weather: RegionWeather;
  private validUntilMs = Number.NEGATIVE_INFINITY;
  private readonly mix = MISSIONS.map(() => new Float64Array(DEPARTMENTS.length));
  private readonly mixTotal = new Float64Array(MISSIONS.length);
  /** Weights of the missions by segment, and their sums. */
  private readonly missions = MISSION_SHARES.map((shares) => Float64Array.from(shares));
  private readonly missionTotal = new Float64Array(MISSION_SHARES.length);

  constructor(
    storeId: number,
    zone: ZoneTime,
    region: { readonly effects: Effects; readonly weather: RegionWeather },
  ) {
    this.storeId = storeId;
    this.zone = zone;
    this.effects = region.effects;
    this.weather = region.weather;
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
        this.weather.department(department, day) *
        this.effects.departmentDemand(this.storeId, department, hourMs);
      for (let mission = 0; mission < MISSIONS.length; mission++) {
        this.mix[mission][department] = DEPARTMENT_MIX[mission][department] * factor;
      }
    }
    for (let mission = 0; mission < MISSIONS.length; mission++) {
      this.mixTotal[mission] = this.mix[mission].reduce((sum, weight) => sum + weight, 0);
    }
    this.refreshMissions(day);
  }

  /** Lets the weights be computed again when they are next asked for. */
  expire(): void {
    this.validUntilMs = Number.NEGATIVE_INFINITY;
  }

  /** The calendar alone shifts missions: a scenario for a department changes what is in the baskets. */
  private refreshMissions(day: number): void {
    const indexOf = (department: number) => departmentIndex(department, day);
    const index = MISSIONS.map((_, mission) => missionIndex(mission, indexOf));
    for (const [segment, shares] of MISSION_SHARES.entries()) {
      let total = 0;
      for (let mission = 0; mission < MISSIONS.length; mission++) {
        this.missions[segment][mission] = shares[mission] * index[mission];
        total += this.missions[segment][mission];
      }
      this.missionTotal[segment] = total;
    }
  }

  /** Draws the mission of a visit. @param segment of the customer, index into SEGMENTS */
  drawMission(nature: number, segment: number, stream: Substream): number {
    return missionOf(stream, nature, this.missions[segment], this.missionTotal[segment]);
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
