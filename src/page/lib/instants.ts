/** The instants at which places and trucks are shown: while history is generated, each region has its own. */
import type { LiveState, TruckNow } from './live-types.ts';

/** Simulated time of a center and what belongs to it; null if there is none. */
export function instantOfRegion(state: LiveState, dcId: number | undefined): number | null {
  const dc = state.dcs.find(({ id }) => id === dcId);
  return dc?.simulatedMs ?? state.clock.simulatedMs;
}

/** Simulated time of a truck; its center is one end of its trip. */
export function instantOfTruck(state: LiveState, { from, to }: TruckNow): number | null {
  return instantOfRegion(state, from.kind === 'dc' ? from.id : to.id);
}

/** Whether days pass too fast to follow: single moments are then shown instead of a movement. */
export function isTimeLapse({ clock }: LiveState): boolean {
  return clock.mode === 'history';
}
