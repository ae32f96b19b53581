/** The rate that a stream holds, over the runs that move its world one after the other. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
import type { RateCapSettings } from '../delivery/rate-cap.ts';
import type { PaceAsked } from './pace-asked.ts';
import { type Cadence, evenCadence, RateGovernor } from './rate-governor.ts';
import type { RealtimeRun } from './realtime.ts';
import type { StreamParts } from './stream-runs.ts';

/** What a busy receiver may make the stream late before time is given up. */
const PATIENCE_MS = 5_000;

type Needed = Pick<StreamParts, 'opened' | 'pacer' | 'standing' | 'wallMs'>;

export class RateHold {
  private readonly parts: Needed;
  private run: RealtimeRun;
  /** What is held, once nothing is pending any more. */
  private cadence: Cadence | undefined;

  constructor(parts: Needed, run: RealtimeRun, { cadence, cap }: PaceAsked) {
    this.parts = parts;
    this.run = run;
    this.cadence = cadence;
    parts.opened.publisher.setRateCap(cap);
    this.follow(run);
  }

  /** Holds a rate from now on, events a second. @throws RangeError */
  begin(perSecond: number): void {
    if (!(perSecond > 0 && perSecond < Infinity)) {
      throw new RangeError(`Cannot hold ${perSecond} events a second: expected a number above 0`);
    }
    this.cadence = evenCadence(perSecond);
    this.parts.opened.publisher.setRateCap(undefined);
    this.follow(this.run);
  }

  /** Holds none from now on: a speed is given, under which there may be a cap. */
  release(cap: RateCapSettings | undefined): void {
    this.cadence = undefined;
    this.parts.opened.publisher.setRateCap(cap);
    this.follow(this.run);
  }

  /** Goes on with the run that moves the world now. */
  follow(run: RealtimeRun): void {
    const { cadence } = this;
    const { wallMs, pacer } = this.parts;
    this.run = run;
    // What is pending goes as fast as it can.
    const isHeld = cadence !== undefined && !run.isUnpaced;
    run.emission.governor = isHeld
      ? new RateGovernor({ cadence, wallMs, patienceMs: PATIENCE_MS })
      : undefined;
    if (pacer.paused) run.emission.governor?.pause();
  }

  /** How long ago an event was due, ms; undefined where it was due in another life, or is never due. */
  lateMs(event: OutgoingEvent): number | undefined {
    const { pacer, standing } = this.parts;
    if (event.eventMs < (standing?.frontierMs ?? Number.NEGATIVE_INFINITY)) return undefined;
    if (pacer.speed < Infinity) return pacer.lateMs(event.eventMs);
    return this.run.emission.governor?.lateMs(event);
  }
}
