/**
 * Frames with all their fields. AMQP lets a sender leave out trailing fields, as the library does;
 * Event Hubs never does, and its Python client depends on that.
 */
import type { Connection, Link } from './amqp-library.ts';

/** Fields of open, begin, attach, flow, transfer, disposition, detach, end and close. */
const FIELD_COUNTS = [10, 8, 14, 11, 11, 6, 3, 1, 1];
const OPEN_CODE = 0x10;
const SOURCE_FIELDS = 11;
const TARGET_FIELDS = 7;

/** Makes the connection write every field of every frame. */
export function writeWholeFrames(connection: Connection): void {
  const write = connection._write_frame;
  connection._write_frame = (channel, performative, payload) => {
    // A heartbeat has no performative.
    const code = performative?.constructor.descriptor?.numeric ?? 0;
    if (performative !== undefined && code >= OPEN_CODE) {
      performative.value.length = FIELD_COUNTS[code - OPEN_CODE];
    }
    write.call(connection, channel, performative, payload);
  };
}

/** Makes the answer to an attach contain every field of its source and target. */
export function wholeTermini({ local: { attach } }: Link): void {
  fill(attach.source, SOURCE_FIELDS);
  fill(attach.target, TARGET_FIELDS);
}

function fill(terminus: { readonly value: unknown[] } | undefined, count: number): void {
  if (terminus !== undefined && terminus.value.length < count) {
    terminus.value.push(...Array(count - terminus.value.length).fill(null));
  }
}
