/** The instants that places and trucks are shown at: while history is made each region stands at its own. */
import type { LiveState, TruckNow } from './live-types.ts';

/** Simulated time of a center and what belongs to it; null where there is none. */
export function instantOfRegion(state: LiveState, dcId: number | undefined): number | null {
  const dc = state.dcs.find(({ id }) => id === dcId);
  return dc?.simulatedMs ?? state.clock.simulatedMs;
}

/** Simulated time of a truck; one end of its way is its center. */
export function instantOfTruck(state: LiveState, { from, to }: TruckNow): number | null {
  return instantOfRegion(state, from.kind === 'dc' ? from.id : to.id);
}

/** Whether days pass too fast to be followed: what is shown are moments, not a movement. */
export function isTimeLapse({ clock }: LiveState): boolean {
  return clock.mode === 'history';
}
