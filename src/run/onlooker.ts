/** Who watches a history while it is made. */
import type { RegionView } from '../entities/live-view.ts';

export interface Onlooker {
  /** Asked after each step of a region, which stands at `nowMs` then: whether it is to be looked at. */
  wants(regionId: number, nowMs: number): boolean;
  /** Takes what a region looks like; regions stand at different instants. */
  see(view: RegionView): void;
}
