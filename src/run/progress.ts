/** Shows how far a run is: a bar that moves on a terminal, a line every few seconds elsewhere. */
import { formatInstant } from '../engine/time.ts';
import { formatBytes, formatCount, formatDuration } from './figures.ts';
import type { Progress } from './history.ts';

const DRAW_EVERY_MS = 100;
const LIST_EVERY_MS = 5000;
const BAR_WIDTH = 20;

export interface ProgressOutput {
  write(text: string): void;
  /** Whether the output is a terminal. */
  readonly live: boolean;
  readonly columns: number;
}

/** What a program reads of a run's progress, one object a line. */
export interface ProgressLine extends Progress {
  readonly rowsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly secondsLeft: number | null;
  readonly residentBytes: number;
}

export class ProgressDisplay {
  private readonly output: ProgressOutput;
  private readonly render: (line: ProgressLine) => string;
  private readonly wallMs: () => number;
  private readonly startedMs: number;
  private shownMs: number;
  private drawn = false;

  constructor(
    output: ProgressOutput,
    render: (line: ProgressLine) => string = progressText,
    wallMs: () => number = () => performance.now(),
  ) {
    this.output = output;
    this.render = render;
    this.wallMs = wallMs;
    this.startedMs = wallMs();
    this.shownMs = this.startedMs;
  }

  /** Takes note of progress; shows it if it is time to. */
  update(progress: Progress): void {
    const nowMs = this.wallMs();
    if (nowMs - this.shownMs < (this.output.live ? DRAW_EVERY_MS : LIST_EVERY_MS)) return;
    this.shownMs = nowMs;
    const text = this.render(progressLine(progress, (nowMs - this.startedMs) / 1000));
    if (!this.output.live) {
      this.output.write(`${text}\n`);
      return;
    }
    this.output.write(`\r\u001b[K${text.slice(0, Math.max(20, this.output.columns - 1))}`);
    this.drawn = true;
  }

  /** Takes the bar away, so that messages start on a line of their own. */
  clear(): void {
    if (this.drawn) this.output.write('\r\u001b[K');
    this.drawn = false;
  }
}

function progressLine(progress: Progress, elapsedSeconds: number): ProgressLine {
  const { done, rows, bytes } = progress;
  return {
    ...progress,
    rowsPerSecond: rows / elapsedSeconds,
    bytesPerSecond: bytes / elapsedSeconds,
    secondsLeft: done > 0 ? (elapsedSeconds * (1 - done)) / done : null,
    residentBytes: process.memoryUsage.rss(),
  };
}

/** One line for people. */
function progressText(line: ProgressLine): string {
  const filled = Math.floor(line.done * BAR_WIDTH);
  const bar = '='.repeat(filled).padEnd(BAR_WIDTH, '.');
  const left = line.secondsLeft === null ? '' : `, ${formatDuration(line.secondsLeft)} left`;
  return (
    `${formatInstant(line.simulatedMs).slice(0, 16).replace('T', ' ')} [${bar}] ` +
    `${Math.floor(line.done * 100)} %${left}, ${formatCount(line.rows)} rows, ` +
    `${formatCount(line.rowsPerSecond)} rows/s, ${formatBytes(line.bytesPerSecond)}/s, ` +
    `memory ${formatBytes(line.residentBytes)}`
  );
}

/** One JSON object for programs. */
export function progressJson({ simulatedMs, ...line }: ProgressLine): string {
  return JSON.stringify({ type: 'progress', simulated: formatInstant(simulatedMs), ...line });
}
