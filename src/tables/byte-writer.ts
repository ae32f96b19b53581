/**
 * Writes fields of CSV rows and JSON as bytes into a buffer.
 *
 * Nothing here checks for room: call `reserve` once for each row, then write its fields. A field may
 * overwrite up to 8 bytes beyond its end, within the reserved room.
 */
import { DAY_MS } from '../engine/time.ts';
import type { ByteChoices } from './byte-choices.ts';
import { putAd, putAscii, putBle, putId, putInt, putMoney } from './fields.ts';
import type { InstantStamp } from './instant-stamp.ts';
import { RowStamps } from './row-stamps.ts';
import { quoted } from './text.ts';

const COMMA = 44;
const NEWLINE = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const RETURN = 13;

const encoder = new TextEncoder();

/** Dates of a few decades by day number, since a column of dates repeats them. */
const dates = new Map<number, string>();
const MAX_DATES = 50_000;

function dateText(day: number): string {
  let text = dates.get(day);
  if (text === undefined) {
    if (dates.size === MAX_DATES) dates.clear();
    text = new Date(day * DAY_MS).toISOString().split('T')[0];
    dates.set(day, text);
  }
  return text;
}

export class ByteWriter {
  /** Bytes in the buffer. */
  length = 0;
  /** Rows ended so far. */
  rows = 0;
  /** The buffer, for encoders that write fields themselves; `reserve` may replace it. */
  view: DataView;
  readonly stamps: RowStamps;
  private buffer: Uint8Array;
  private readonly drain: ((bytes: Uint8Array) => void) | undefined;

  /** With `drain`, a full buffer is passed to it (lent for the call) and reused; without, it grows. */
  constructor(
    capacity = 256 * 1024,
    drain?: (bytes: Uint8Array) => void,
    stamps = new RowStamps(),
  ) {
    this.buffer = new Uint8Array(capacity);
    this.view = new DataView(this.buffer.buffer);
    this.drain = drain;
    this.stamps = stamps;
  }

  /** The bytes written since the last drain; valid until the next call. */
  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  /** Passes the bytes written so far to `drain`, if there are any and `drain` is set. */
  flush(): void {
    if (this.drain === undefined || this.length === 0) return;
    this.drain(this.bytes());
    this.length = 0;
  }

  /** Continues at the start of another buffer; the old one stays unchanged. */
  moveTo(buffer: Uint8Array): void {
    this.buffer = buffer;
    this.view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    this.length = 0;
  }

  /** Discards what is in the buffer. */
  discard(): void {
    this.length = 0;
  }

  /** Makes sure that `size` more bytes fit. */
  reserve(size: number): void {
    if (this.length + size > this.buffer.length) this.makeRoom(size);
  }

  private makeRoom(size: number): void {
    this.flush();
    if (this.length + size <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(this.length + size, this.buffer.length * 2));
    larger.set(this.bytes());
    this.buffer = larger;
    this.view = new DataView(larger.buffer);
  }

  comma(): void {
    this.view.setUint8(this.length++, COMMA);
  }

  endRow(): void {
    this.view.setUint8(this.length++, NEWLINE);
    this.rows++;
  }

  /** Text that is all ASCII and needs no quotes. */
  ascii(text: string): void {
    this.length = putAscii(this.view, this.length, text);
  }

  /** Any safe integer. */
  int(value: number): void {
    this.length = putInt(this.view, this.length, value);
  }

  /** Cents, with two decimals. */
  money(cents: number): void {
    this.length = putMoney(this.view, this.length, cents);
  }

  /** A number with `scale` decimals. */
  real(value: number, scale: number): void {
    this.ascii(value.toFixed(scale));
  }

  /** ISO 8601 with milliseconds. Fields with instants of their own order have their own stamp. */
  instant(atMs: number, stamp: InstantStamp = this.stamps.instant): void {
    this.length = stamp.put(this.view, this.length, atMs);
  }

  /** The UTC date of an instant. */
  date(atMs: number): void {
    this.ascii(dateText(Math.floor(atMs / DAY_MS)));
  }

  /** A packed id: letter, entity, dash, sequence. */
  id(id: number): void {
    this.length = putId(this.view, this.length, id);
  }

  /** The BLE id of a customer. */
  ble(customerId: number): void {
    this.length = putBle(this.view, this.length, customerId);
  }

  /** The advertising id of a customer. */
  ad(customerId: number): void {
    this.length = putAd(this.view, this.length, customerId);
  }

  /** One of a set of texts, by index. */
  choice({ chunks, chunksPerText, lengths }: ByteChoices, index: number): void {
    const { view, length } = this;
    const first = index * chunksPerText;
    for (let i = 0; i < chunksPerText; i++) {
      view.setFloat64(length + i * 8, chunks[first + i], true);
    }
    this.length = length + lengths[index];
  }

  /** Any text as UTF-8, quoted if RFC 4180 requires it. Reserve 3 bytes for each UTF-16 unit and 2 more. */
  text(text: string): void {
    const { view, length } = this;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const special = code === COMMA || code === QUOTE || code === NEWLINE || code === RETURN;
      if (special || code > 127) {
        this.unusualText(text);
        return;
      }
      view.setUint8(length + i, code);
    }
    this.length = length + text.length;
  }

  /** Any text as a JSON string, including quotes. Reserve 6 bytes for each UTF-16 unit and 2 more. */
  jsonText(text: string): void {
    const { view, length } = this;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === QUOTE || code === BACKSLASH || code < 32 || code > 126) {
        const free = this.buffer.subarray(length);
        this.length = length + encoder.encodeInto(JSON.stringify(text), free).written;
        return;
      }
      view.setUint8(length + 1 + i, code);
    }
    view.setUint8(length, QUOTE);
    view.setUint8(length + 1 + text.length, QUOTE);
    this.length = length + text.length + 2;
  }

  /** Text that needs quotes or is not all ASCII. */
  private unusualText(text: string): void {
    const { view, length } = this;
    let at = length;
    view.setUint8(at++, QUOTE);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) {
        this.foreignText(text);
        return;
      }
      if (code === QUOTE) view.setUint8(at++, QUOTE);
      view.setUint8(at++, code);
    }
    view.setUint8(at++, QUOTE);
    this.length = at;
  }

  private foreignText(text: string): void {
    const free = this.buffer.subarray(this.length);
    this.length += encoder.encodeInto(quoted(text), free).written;
  }
}
