/** Events as lines of JSON. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';

/** Of a batch that goes into a file or to stdout: bounds the memory of one write. */
export const MAX_LINES_BYTES = 1 << 24;
const LINE_END = 0x0a;

/** The bodies of a batch, each on a line. */
export function linesOf(batch: readonly OutgoingEvent[]): Buffer {
  let size = 0;
  for (const { body } of batch) size += body.length + 1;
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { body } of batch) {
    at += body.copy(bytes, at);
    bytes[at++] = LINE_END;
  }
  return bytes;
}

/** Where the last whole line of a file ends; what lies behind it was cut off while it was written. */
export function wholeLinesEnd(bytes: Uint8Array): number {
  return bytes.lastIndexOf(LINE_END) + 1;
}
