/** Ids and texts as Parquet's plain encoding has them: a length of four bytes, then UTF-8. */
import type { Column } from '../../domain/columns.ts';
import { putAd, putBle, putId } from '../fields.ts';

const LENGTH_BYTES = 4;
/** Room for the text of an id with its length, and for what its writer overwrites beyond it. */
const ID_BYTES = 24;

/** UTF-8 bytes of a UTF-16 unit, at most. */
const BYTES_PER_UNIT = 3;
const LAST_ASCII = 0x7f;

/** The entries of a dictionary, in the plain encoding. */
export interface PlainTexts {
  readonly bytes: Uint8Array;
  /** Where each entry begins, and where the last one ends. */
  readonly starts: Int32Array;
}

let scratch = new Uint8Array(64 * 1024);

/** Returns ids of a column in the plain encoding; valid until the next call. */
export function plainIds({ type }: Column, ids: Float64Array): Uint8Array {
  const most = (ids.length + 1) * ID_BYTES;
  if (scratch.length < most) scratch = new Uint8Array(most * 2);
  const view = new DataView(scratch.buffer);
  const put = type === 'ble' ? putBle : type === 'ad' ? putAd : putId;
  let at = 0;
  for (let entry = 0; entry < ids.length; entry++) {
    const end = put(view, at + LENGTH_BYTES, ids[entry]);
    view.setUint32(at, end - at - LENGTH_BYTES, true);
    at = end;
  }
  return scratch.subarray(0, at);
}

/** Returns texts in the plain encoding. */
export function plainTexts(texts: readonly string[]): PlainTexts {
  let most = 0;
  for (const { length } of texts) most += LENGTH_BYTES + length * BYTES_PER_UNIT;
  const bytes = Buffer.allocUnsafe(most);
  const starts = new Int32Array(texts.length + 1);
  let at = 0;
  for (const [entry, text] of texts.entries()) {
    starts[entry] = at;
    const length = putText(bytes, at + LENGTH_BYTES, text);
    bytes.writeUInt32LE(length, at);
    at += LENGTH_BYTES + length;
  }
  starts[texts.length] = at;
  return { bytes: bytes.subarray(0, at), starts };
}

/** Returns the number of bytes. Most texts are all ASCII, and short: a call of the runtime takes longer than they do. */
function putText(bytes: Buffer, from: number, text: string): number {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > LAST_ASCII) return bytes.write(text, from, 'utf8');
    bytes[from + at] = code;
  }
  return text.length;
}

/** Returns the entries at these positions, one after the other. */
export function textsAt({ bytes, starts }: PlainTexts, positions: Int32Array): Uint8Array {
  if (areInOrder(positions) && positions.length === starts.length - 1) return bytes;
  let length = 0;
  for (const position of positions) length += starts[position + 1] - starts[position];
  const all = new Uint8Array(length);
  let at = 0;
  for (const position of positions) {
    const entry = bytes.subarray(starts[position], starts[position + 1]);
    all.set(entry, at);
    at += entry.length;
  }
  return all;
}

function areInOrder(positions: Int32Array): boolean {
  for (let at = 0; at < positions.length; at++) if (positions[at] !== at) return false;
  return true;
}

/** Returns the first and the last of some texts in the order of their bytes, as engines compare them. */
export function textSpan(
  texts: readonly string[],
  { bytes, starts }: PlainTexts,
): readonly [min: string, max: string] {
  const entry = (at: number) => bytes.subarray(starts[at] + LENGTH_BYTES, starts[at + 1]);
  let [first, last] = [0, 0];
  let [least, most] = [entry(0), entry(0)];
  for (let at = 1; at < texts.length; at++) {
    const text = entry(at);
    if (Buffer.compare(text, least) < 0) [first, least] = [at, text];
    else if (Buffer.compare(text, most) > 0) [last, most] = [at, text];
  }
  return [texts[first], texts[last]];
}
