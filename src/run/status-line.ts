/** A line that shows progress: redrawn on a terminal, otherwise printed every few seconds. */

const DRAW_EVERY_MS = 100;
const LIST_EVERY_MS = 5000;
const LEAST_WIDTH = 20;
const ERASE_LINE = '\r\u001b[K';

export interface LineOutput {
  write(text: string): void;
  /** Whether the output is a terminal. */
  readonly live: boolean;
  readonly columns: number;
}

export class StatusLine {
  private readonly output: LineOutput;
  private readonly wallMs: () => number;
  private readonly everyMs: number;
  private readonly startedMs: number;
  private shownMs: number;
  private drawn = false;

  /** @param listEveryMs time between lines if the output is not a terminal */
  constructor(
    output: LineOutput,
    listEveryMs = LIST_EVERY_MS,
    wallMs: () => number = () => performance.now(),
  ) {
    this.output = output;
    this.everyMs = output.live ? DRAW_EVERY_MS : listEveryMs;
    this.wallMs = wallMs;
    this.startedMs = wallMs();
    this.shownMs = this.startedMs;
  }

  /** Shows a text if it is due. @param render called with the seconds since the line was created */
  show(render: (elapsedSeconds: number) => string): void {
    const { write, live, columns } = this.output;
    const nowMs = this.wallMs();
    if (nowMs - this.shownMs < this.everyMs) return;
    this.shownMs = nowMs;
    const text = render((nowMs - this.startedMs) / 1000);
    if (live) write(ERASE_LINE + text.slice(0, Math.max(LEAST_WIDTH, columns - 1)));
    else write(`${text}\n`);
    this.drawn = live;
  }

  /** Removes the drawn line, so that a message starts in a new line. */
  clear(): void {
    if (this.drawn) this.output.write(ERASE_LINE);
    this.drawn = false;
  }
}
