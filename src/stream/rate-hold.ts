/** The rate of a stream across its successive runs. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
import type { RateCapSettings } from '../delivery/rate-cap.ts';
import type { PaceAsked } from './pace-asked.ts';
import { type Cadence, evenCadence, RateGovernor } from './rate-governor.ts';
import type { RealtimeRun } from './realtime.ts';
import type { StreamParts } from './stream-runs.ts';

/** Maximum delay of a stream that is made up for; the rest is given up. */
const PATIENCE_MS = 5_000;

type Needed = Pick<StreamParts, 'opened' | 'pacer' | 'standing' | 'wallMs'>;

export class RateHold {
  private readonly parts: Needed;
  private run: RealtimeRun;
  /** The rate to hold after the pending events. */
  private cadence: Cadence | undefined;

  constructor(parts: Needed, run: RealtimeRun, { cadence, cap }: PaceAsked) {
    this.parts = parts;
    this.run = run;
    this.cadence = cadence;
    parts.opened.publisher.setRateCap(cap);
    this.follow(run);
  }

  /** Sets the rate, events a second. @throws RangeError */
  begin(perSecond: number): void {
    if (!(perSecond > 0 && perSecond < Infinity)) {
      throw new RangeError(`Cannot hold ${perSecond} events a second: expected a number above 0`);
    }
    this.cadence = evenCadence(perSecond);
    this.parts.opened.publisher.setRateCap(undefined);
    this.follow(this.run);
  }

  /** Ends holding a rate, when a speed is given. @param cap maximum rate, if any */
  release(cap: RateCapSettings | undefined): void {
    this.cadence = undefined;
    this.parts.opened.publisher.setRateCap(cap);
    this.follow(this.run);
  }

  /** Applies the rate to a new run. */
  follow(run: RealtimeRun): void {
    const { cadence } = this;
    const { wallMs, pacer } = this.parts;
    this.run = run;
    // Pending events are sent at full speed.
    const isHeld = cadence !== undefined && !run.isUnpaced;
    run.emission.governor = isHeld
      ? new RateGovernor({ cadence, wallMs, patienceMs: PATIENCE_MS })
      : undefined;
    if (pacer.paused) run.emission.governor?.pause();
  }

  /** Returns the time since an event was due, ms; undefined if it was due in another run, or has no due time. */
  lateMs(event: OutgoingEvent): number | undefined {
    const { pacer, standing } = this.parts;
    if (event.eventMs < (standing?.frontierMs ?? Number.NEGATIVE_INFINITY)) return undefined;
    if (pacer.speed < Infinity) return pacer.lateMs(event.eventMs);
    return this.run.emission.governor?.lateMs(event);
  }
}
