/** The decision tables of the cast, derived ahead: a thread has time for it while its world is built elsewhere. */
import { CAST } from '../../actors/cast.ts';
import { statechartOf } from '../engine/statechart.ts';

export function deriveCast(): void {
  for (const machine of Object.values(CAST)) statechartOf(machine);
}
