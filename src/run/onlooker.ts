/** An observer of a history while it is generated. */
import type { RegionView } from '../entities/live-view.ts';

export interface Onlooker {
  /** Called after each step of a region, which is then at `nowMs`; returns whether to create its view. */
  wants(regionId: number, nowMs: number): boolean;
  /** Called with the view of a region; regions are at different instants. */
  see(view: RegionView): void;
}
