/** The text of an instant as bytes, changed only where the next instant differs. */
import { DAY_MS } from '../engine/time.ts';
import { DECIMAL_PAIRS } from './digits.ts';

/** `2024-03-01T14:05:09.123Z` as three little-endian float64; ASCII never forms a NaN in them. */
export class InstantStamp {
  head = 0;
  middle = 0;
  tail = 0;
  private shownMs = Number.NaN;
  private dayMs = Number.NaN;
  private readonly bytes = new Uint8Array(24);
  private readonly view = new DataView(this.bytes.buffer);

  /** Shows an instant, epoch ms; false if its text is not 24 bytes long (years before 0 or after 9999). */
  show(atMs: number): boolean {
    if (atMs === this.shownMs) return true;
    if (!(atMs >= this.dayMs && atMs < this.dayMs + DAY_MS) && !this.turnTo(atMs)) return false;
    let rest = (atMs - this.dayMs) | 0;
    const hours = (rest / 3_600_000) | 0;
    rest -= hours * 3_600_000;
    const minutes = (rest / 60_000) | 0;
    rest -= minutes * 60_000;
    const seconds = (rest / 1000) | 0;
    rest -= seconds * 1000;
    const hundredths = (rest / 10) | 0;
    const { view } = this;
    view.setUint16(11, DECIMAL_PAIRS[hours], true);
    view.setUint16(14, DECIMAL_PAIRS[minutes], true);
    view.setUint16(17, DECIMAL_PAIRS[seconds], true);
    view.setUint16(20, DECIMAL_PAIRS[hundredths], true);
    view.setUint8(22, 48 + rest - hundredths * 10);
    this.head = view.getFloat64(0, true);
    this.middle = view.getFloat64(8, true);
    this.tail = view.getFloat64(16, true);
    this.shownMs = atMs;
    return true;
  }

  private turnTo(atMs: number): boolean {
    const text = new Date(atMs).toISOString();
    if (text.length !== this.bytes.length) return false;
    for (let i = 0; i < text.length; i++) this.bytes[i] = text.charCodeAt(i);
    this.dayMs = Math.floor(atMs / DAY_MS) * DAY_MS;
    return true;
  }
}
