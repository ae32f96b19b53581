/** Merges the lines of several parts in order of time. */

export interface MergeOptions {
  readonly offset: number;
  readonly limit: number;
  readonly oldestFirst: boolean;
}

/**
 * Returns lines of facts from `offset` on, merged from parts in order of time; TraceId is the first field and EventTS
 * the second. Lines of one instant are in the order of the parts, or in reverse if the newest come first.
 */
export function mergedLines(parts: readonly Buffer[], options: MergeOptions): string[] {
  const { offset, limit, oldestFirst } = options;
  const cursors = parts.map((part) => new Cursor(part, oldestFirst));
  // In reverse, the last part comes first at equal instants.
  if (!oldestFirst) cursors.reverse();
  const merged: string[] = [];
  for (let position = 0; position < offset + limit; position++) {
    let next: Cursor | undefined;
    for (const cursor of cursors) {
      if (cursor.isOver) continue;
      if (next === undefined) next = cursor;
      else if (oldestFirst ? cursor.time < next.time : cursor.time > next.time) next = cursor;
    }
    if (next === undefined) break;
    if (position >= offset) merged.push(next.line());
    next.advance();
  }
  return merged;
}

const NEWLINE = 0x0a;
const COMMA = 0x2c;

/** Iterates over the lines of a part from one end; only requested lines are converted to text. */
class Cursor {
  /** EventTS of the line, compared as text, since instants have a fixed length. */
  time = '';
  isOver = false;
  private readonly bytes: Buffer;
  private readonly forward: boolean;
  private from: number;
  /** Position after the line, before its line end. */
  private to = -1;

  constructor(bytes: Buffer, forward: boolean) {
    this.bytes = bytes;
    this.forward = forward;
    this.from = bytes.length;
    this.advance();
  }

  line(): string {
    return this.bytes.toString('utf8', this.from, this.to);
  }

  advance(): void {
    const { bytes } = this;
    if (this.forward) {
      this.from = this.to + 1;
      this.to = bytes.indexOf(NEWLINE, this.from);
      if (this.to < 0) this.to = bytes.length;
      this.isOver = this.from >= bytes.length;
    } else {
      this.to = this.from - 1;
      this.isOver = this.to <= 0;
      this.from = this.isOver ? 0 : bytes.lastIndexOf(NEWLINE, this.to - 1) + 1;
    }
    if (this.isOver) return;
    const start = bytes.indexOf(COMMA, this.from) + 1;
    this.time = bytes.toString('latin1', start, bytes.indexOf(COMMA, start));
  }
}
