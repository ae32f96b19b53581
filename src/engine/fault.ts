/** The error that stops a run after a broken invariant or a throwing action, with what is needed to reproduce it. */

export interface FaultPlace {
  /** Simulated time, epoch ms. */
  nowMs: number;
  seed?: number;
  /** Id of the statechart. */
  machine: string;
  handle: number;
  /** Configuration of the actor when it received the event, e.g. `open.trading`. */
  state: string;
  /** Type of the event. */
  event: string;
}

export class SimulationFault extends Error {
  override readonly name = 'SimulationFault';
  readonly place: FaultPlace;

  /** @param cause what was thrown */
  constructor(place: FaultPlace, cause: unknown) {
    const seed = place.seed === undefined ? '' : ` (seed ${place.seed})`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Simulation stopped at ${new Date(place.nowMs).toISOString()}${seed}: ${place.machine} ` +
        `(handle ${place.handle}, state "${place.state}") failed on "${place.event}": ${reason}`,
      { cause },
    );
    this.place = place;
  }
}
