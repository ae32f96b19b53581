/** Events as lines of JSON. */
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';

/** Maximum size of a batch for a file or stdout: limits the memory of one write. */
export const MAX_LINES_BYTES = 1 << 24;
const LINE_END = 0x0a;

/** Returns the bodies of a batch, one in a line. */
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

/** Returns the end of the last whole line of a file; the line after it was cut off while being written. */
export function wholeLinesEnd(bytes: Uint8Array): number {
  return bytes.lastIndexOf(LINE_END) + 1;
}
