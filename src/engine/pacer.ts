/**
 * The pacer: keeps simulated time in step with a wall clock that is given to it.
 *
 * Simulated time is always computed from one pair of instants, so it does not drift, however unevenly
 * it is asked. While paused no time passes. Who falls further behind than the patience allows (the
 * machine slept, the receiver was slow) goes on from where the simulation stands, without a burst.
 */

/** Simulated ms per ms of the wall clock; Infinity is as fast as it goes. */
export type Speed = number;

export interface PacerOptions {
  /** Simulated time to begin at, epoch ms. */
  readonly simulatedMs: number;
  readonly speed: Speed;
  /** The wall clock, ms from any origin; it never goes back. */
  readonly wallMs: () => number;
  /** Wall time that is made up for at most. */
  readonly patienceMs: number;
}

export class Pacer {
  private readonly wallMs: () => number;
  private readonly patienceMs: number;
  private rate: Speed;
  /** One pair of instants that belong together. */
  private originSimulatedMs: number;
  private originWallMs: number;
  private pausedAtMs: number | undefined;
  /** Wall time that was not made up for. */
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

  /** Wall time until a simulated instant is due, ms; 0 if it is, Infinity while paused. */
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

  /** How far the simulation, standing at `simulatedMs`, is behind, ms of the wall clock. */
  behindMs(simulatedMs: number): number {
    return this.rate === Infinity ? 0 : Math.max(0, (this.dueMs() - simulatedMs) / this.rate);
  }

  /** Told where the simulation stands; gives up what it is behind beyond the patience. */
  reached(simulatedMs: number): void {
    const behindMs = this.behindMs(simulatedMs);
    if (behindMs <= this.patienceMs) return;
    this.skippedMs += behindMs - this.patienceMs;
    this.startFrom(simulatedMs + this.patienceMs * this.rate);
  }

  /** Stops time at what is due now. */
  pause(): void {
    this.pausedAtMs ??= this.wallMs();
  }

  /** Lets time go on from where it was stopped. */
  resume(): void {
    if (this.pausedAtMs === undefined) return;
    this.originWallMs += this.wallMs() - this.pausedAtMs;
    this.pausedAtMs = undefined;
  }

  /** Makes simulated time belong to this moment. */
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
