/** Delivery annotations that tell a receiver the position of its partition's last event. */
import type { PartitionLog } from './partition-log.ts';
import { SECTION, SectionReader } from './sections.ts';

/** The capability with which a receiver asks for them. */
export const METRICS_CAPABILITY = 'com.microsoft:enable-receiver-runtime-metric';

const reader = new SectionReader();

/** Returns `event` with the annotations; events with delivery annotations of their own stay unchanged. */
export function runtimeMetrics(event: Buffer, log: PartitionLog, nowMs: number): Buffer {
  reader.open(event, 0, event.length);
  let at = 0;
  while (reader.step() && reader.code < SECTION.messageAnnotations) {
    if (reader.code === SECTION.deliveryAnnotations) return event;
    at = reader.next;
  }
  const entries = Buffer.concat([
    key('last_enqueued_sequence_number'),
    long(0x81, log.nextSequence - 1),
    key('last_enqueued_offset'),
    text(String(log.lastOffset)),
    key('last_enqueued_time_utc'),
    long(0x83, log.lastEnqueuedMs),
    key('runtime_info_retrieval_time_utc'),
    long(0x83, nowMs),
  ]);
  const head = Buffer.from([0x00, 0x53, SECTION.deliveryAnnotations, 0xd1, 0, 0, 0, 0, 0, 0, 0, 8]);
  head.writeUInt32BE(entries.length + 4, 4);
  return Buffer.concat([event.subarray(0, at), head, entries, event.subarray(at)]);
}

function key(name: string): Buffer {
  return Buffer.concat([Buffer.of(0xa3, name.length), Buffer.from(name)]);
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.of(0xa1, value.length), Buffer.from(value)]);
}

function long(typeCode: number, value: number): Buffer {
  const bytes = Buffer.alloc(9, typeCode);
  bytes.writeBigInt64BE(BigInt(value), 1);
  return bytes;
}
