/**
 * The pacer: keeps simulated time in step with a wall clock that is given to it.
 *
 * Simulated time is always computed from one pair of instants, so it does not drift, however irregularly it is
 * read. No time passes while it is paused. If the simulation falls further behind than the patience allows (the
 * machine slept, the receiver was slow), it continues from where it stands, without a burst.
 */

/** Simulated ms per ms of the wall clock; Infinity means as fast as possible. */
export type Speed = number;

export interface PacerOptions {
  /** Simulated time to begin at, epoch ms. */
  readonly simulatedMs: number;
  readonly speed: Speed;
  /** The wall clock, ms from any origin; it never goes back. */
  readonly wallMs: () => number;
  /** The longest delay, in wall time, that the simulation catches up on. */
  readonly patienceMs: number;
}

export class Pacer {
  private readonly wallMs: () => number;
  private readonly patienceMs: number;
  private rate: Speed;
  /** A simulated and a wall instant that correspond. */
  private originSimulatedMs: number;
  private originWallMs: number;
  private pausedAtMs: number | undefined;
  /** Wall time that was given up instead of caught up on. */
  private skippedMs = 0;

  constructor({ simulatedMs, speed, wallMs, patienceMs }: PacerOptions) {
    requireSpeed(speed);
    this.wallMs = wallMs;
    this.patienceMs = patienceMs;
    this.rate = speed;
    this.originSimulatedMs = simulatedMs;
    this.originWallMs = wallMs();
  }

  get speed(): Speed {
    return this.rate;
  }

  get paused(): boolean {
    return this.pausedAtMs !== undefined;
  }

  /** Wall time, ms, that was given up because the simulation could not follow. */
  get givenUpMs(): number {
    return this.skippedMs;
  }

  /** Simulated time that should be reached now, whole epoch ms; Infinity at unlimited speed. */
  dueMs(): number {
    if (this.rate === Infinity) return this.paused ? this.originSimulatedMs : Infinity;
    const nowMs = this.pausedAtMs ?? this.wallMs();
    return Math.floor(this.originSimulatedMs + (nowMs - this.originWallMs) * this.rate);
  }

  /** Wall time until a simulated instant is due, ms; 0 if it is due, Infinity while paused. */
  waitMs(simulatedMs: number): number {
    if (this.paused) return Infinity;
    return this.rate === Infinity ? 0 : Math.max(0, (simulatedMs - this.dueMs()) / this.rate);
  }

  /** How long ago a simulated instant was due, ms of the wall clock; 0 at unlimited speed. */
  lateMs(simulatedMs: number): number {
    if (this.rate === Infinity) return 0;
    const dueWallMs = this.originWallMs + (simulatedMs - this.originSimulatedMs) / this.rate;
    return Math.max(0, this.wallMs() - dueWallMs);
  }

  /** How far the simulation is behind when it stands at `simulatedMs`, ms of the wall clock. */
  behindMs(simulatedMs: number): number {
    return this.rate === Infinity ? 0 : Math.max(0, (this.dueMs() - simulatedMs) / this.rate);
  }

  /** Called with the simulated time reached. Gives up the delay that exceeds the patience. */
  reached(simulatedMs: number): void {
    const behindMs = this.behindMs(simulatedMs);
    if (behindMs <= this.patienceMs) return;
    this.skippedMs += behindMs - this.patienceMs;
    this.startFrom(simulatedMs + this.patienceMs * this.rate);
  }

  /** Stops simulated time at the instant that is due now. */
  pause(): void {
    this.pausedAtMs ??= this.wallMs();
  }

  /** Continues simulated time from where it was stopped. */
  resume(): void {
    if (this.pausedAtMs === undefined) return;
    this.originWallMs += this.wallMs() - this.pausedAtMs;
    this.pausedAtMs = undefined;
  }

  /** Pairs a simulated instant with the current wall time. */
  startFrom(simulatedMs: number): void {
    this.originSimulatedMs = simulatedMs;
    this.originWallMs = this.pausedAtMs ?? this.wallMs();
  }

  /** Changes the speed from now on. @param simulatedMs where the simulation stands */
  setSpeed(speed: Speed, simulatedMs: number): void {
    requireSpeed(speed);
    const fromMs = this.rate === Infinity ? simulatedMs : this.dueMs();
    this.rate = speed;
    this.startFrom(fromMs);
  }
}

function requireSpeed(speed: Speed): void {
  if (speed > 0) return;
  throw new RangeError(`Cannot pace at speed ${speed}: expected a number above 0`);
}
