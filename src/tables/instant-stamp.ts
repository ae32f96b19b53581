/** The text of an instant as bytes, cached by minute: within a minute only seconds and milliseconds change. */
import { DAY_MS, MINUTE_MS } from '../engine/time.ts';
import { DECIMAL_PAIRS } from './digits.ts';

/** `2024-03-01T14:05:09.123Z` */
const LENGTH = 24;
const HOUR_AT = 11;
const MINUTE_AT = 14;
const COLON = 58;
const POINT = 46;
const ZULU = 90;
const ZERO = 48;

/** `:09.` and `123Z` as little-endian 32-bit numbers, by second and by millisecond. */
const SECONDS = Int32Array.from(
  { length: 60 },
  (_, second) => COLON + (DECIMAL_PAIRS[second] << 8) + (POINT << 24),
);
const MILLISECONDS = Int32Array.from({ length: 1000 }, (_, ms) => {
  const hundreds = Math.floor(ms / 100);
  return ZERO + hundreds + (DECIMAL_PAIRS[ms - hundreds * 100] << 8) + (ZULU << 24);
});

export class InstantStamp {
  /** `2024-03-01T14:05` as two little-endian float64; ASCII never forms a NaN in them. */
  private head = 0.5;
  private middle = 0.5;
  private minuteMs = Number.NaN;
  private dayMs = Number.NaN;
  private readonly text = new DataView(new ArrayBuffer(LENGTH));

  /**
   * Writes an instant, epoch ms; returns the position after it. A row's instants are mostly in the same minute as
   * those of the row before.
   */
  put(view: DataView, at: number, atMs: number): number {
    const inMinute = atMs >= this.minuteMs && atMs < this.minuteMs + MINUTE_MS;
    if (!inMinute && !this.turnTo(atMs)) return putUnusual(view, at, atMs);
    const rest = (atMs - this.minuteMs) | 0;
    const second = (rest / 1000) | 0;
    view.setFloat64(at, this.head, true);
    view.setFloat64(at + 8, this.middle, true);
    view.setInt32(at + 16, SECONDS[second], true);
    view.setInt32(at + 20, MILLISECONDS[rest - second * 1000], true);
    return at + LENGTH;
  }

  /** False if the text is not 24 bytes long (years before 0 or after 9999). */
  private turnTo(atMs: number): boolean {
    const inDay = atMs >= this.dayMs && atMs < this.dayMs + DAY_MS;
    if (!inDay && !this.turnToDay(atMs)) return false;
    const { text } = this;
    const minute = ((atMs - this.dayMs) / MINUTE_MS) | 0;
    const hour = (minute / 60) | 0;
    text.setUint16(HOUR_AT, DECIMAL_PAIRS[hour], true);
    text.setUint16(MINUTE_AT, DECIMAL_PAIRS[minute - hour * 60], true);
    this.middle = text.getFloat64(8, true);
    this.minuteMs = this.dayMs + minute * MINUTE_MS;
    return true;
  }

  private turnToDay(atMs: number): boolean {
    const iso = new Date(atMs).toISOString();
    if (iso.length !== LENGTH) return false;
    for (let i = 0; i < LENGTH; i++) this.text.setUint8(i, iso.charCodeAt(i));
    this.head = this.text.getFloat64(0, true);
    this.dayMs = Math.floor(atMs / DAY_MS) * DAY_MS;
    return true;
  }
}

function putUnusual(view: DataView, at: number, atMs: number): number {
  const text = new Date(atMs).toISOString();
  for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  return at + text.length;
}
