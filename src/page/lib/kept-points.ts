/** The last points of lines over time, with gaps where nothing was measured. */
export class KeptPoints {
  /** Seconds, ascending. */
  readonly times: number[] = [];
  /** Null makes a gap. */
  readonly lines: readonly (number | null)[][];
  private readonly most: number;
  private readonly gapSeconds: number;
  private isInterrupted = false;

  /** @param gapSeconds points further apart are not joined */
  constructor(lines: number, most: number, gapSeconds: number) {
    this.lines = Array.from({ length: lines }, () => []);
    this.most = most;
    this.gapSeconds = gapSeconds;
  }

  /** Leaves a gap before the next point. */
  interrupt(): void {
    this.isInterrupted = true;
  }

  add(time: number, values: readonly number[]): void {
    const last = this.times.at(-1);
    if (last !== undefined && (this.isInterrupted || time - last > this.gapSeconds)) {
      this.push(
        (last + time) / 2,
        values.map(() => null),
      );
    }
    this.isInterrupted = false;
    this.push(time, values);
  }

  private push(time: number, values: readonly (number | null)[]): void {
    this.times.push(time);
    for (const [at, line] of this.lines.entries()) line.push(values[at]);
    if (this.times.length <= this.most) return;
    this.times.shift();
    for (const line of this.lines) line.shift();
  }
}
