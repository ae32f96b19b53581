/**
 * The world's pace by the server's own clock. Arrival times say nothing about it, because delayed states
 * arrive together.
 */

/** The times in a state. */
export interface ClockReading {
  readonly simulatedMs: number;
  /** The server's clock when it sent the state. */
  readonly wallMs: number;
  /** The requested speed; null if nothing runs. */
  readonly speed: number | 'max' | null;
}

interface Arrival extends ClockReading {
  /** When it arrived, by the clock of the page. */
  readonly atMs: number;
}

/** The pace is measured over this much server time, because simulated time advances in uneven steps. */
const WINDOW_MS = 3000;
/** Over a shorter time the steps would dominate the measurement. */
const LEAST_MS = 400;

export class Pace {
  /** Simulated ms per ms. */
  pace = 0;
  private readonly window: Arrival[] = [];

  take(reading: ClockReading, atMs: number): void {
    const { window } = this;
    window.push({ ...reading, atMs });
    while (window[0].wallMs < reading.wallMs - WINDOW_MS) window.shift();
    this.pace = this.measured(reading);
  }

  /** The pace that agrees with all measurements so far. */
  get most(): number {
    const speed = this.window.at(-1)?.speed;
    return Math.max(this.pace, typeof speed === 'number' ? speed : 0);
  }

  /** Age of the newest state: the time since it arrived, plus its delay compared with others. */
  ageMs(atMs: number): number {
    const newest = this.window.at(-1);
    if (newest === undefined) return 0;
    const shortest = Math.min(...this.window.map((each) => each.atMs - each.wallMs));
    return Math.max(0, atMs - newest.wallMs - shortest);
  }

  private measured({ simulatedMs, wallMs, speed }: ClockReading): number {
    const [oldest] = this.window;
    const asked = typeof speed === 'number' ? speed : Number.POSITIVE_INFINITY;
    const gapMs = wallMs - oldest.wallMs;
    if (gapMs >= LEAST_MS) return Math.min(asked, (simulatedMs - oldest.simulatedMs) / gapMs);
    return this.window.length > 1 || !Number.isFinite(asked) ? this.pace : asked;
  }
}
