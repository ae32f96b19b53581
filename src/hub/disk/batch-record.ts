/** Encodes a stored batch as the content of a record, and decodes it. */
import type { ProducerMark } from '../batch.ts';
import type { StoredBatch } from '../stamp.ts';

/** First sequence and offset, end offset, time; id, epoch and sequence of the producer; events. */
const FIXED_BYTES = 7 * 8 + 4;

export interface ReadBatch {
  readonly batch: StoredBatch;
  readonly producer: ProducerMark | undefined;
}

/** Returns the header that precedes the bytes of the events. */
export function batchHead(batch: StoredBatch, producer: ProducerMark | undefined): Buffer {
  const { ends, offsets } = batch;
  const head = Buffer.allocUnsafe(FIXED_BYTES + ends.length * 8);
  head.writeDoubleBE(batch.firstSequence, 0);
  head.writeDoubleBE(batch.firstOffset, 8);
  head.writeDoubleBE(batch.endOffset, 16);
  head.writeDoubleBE(batch.enqueuedMs, 24);
  // NaN stands for a number that the producer did not give.
  head.writeDoubleBE(producer?.id ?? Number.NaN, 32);
  head.writeDoubleBE(producer?.epoch ?? Number.NaN, 40);
  head.writeDoubleBE(producer?.sequence ?? Number.NaN, 48);
  let at = head.writeUInt32BE(ends.length, 56);
  for (let index = 0; index < ends.length; index++) {
    at = head.writeUInt32BE(ends[index], at);
    at = head.writeUInt32BE(offsets[index], at);
  }
  return head;
}

/** Returns the batch in the content of a record. */
export function readBatch(content: Buffer): ReadBatch {
  const count = content.readUInt32BE(56);
  const ends = new Uint32Array(count);
  const offsets = new Uint32Array(count);
  let at = FIXED_BYTES;
  for (let index = 0; index < count; index++, at += 8) {
    ends[index] = content.readUInt32BE(at);
    offsets[index] = content.readUInt32BE(at + 4);
  }
  const said = (place: number) => {
    const value = content.readDoubleBE(place);
    return Number.isNaN(value) ? undefined : value;
  };
  const sequence = said(48);
  return {
    batch: {
      firstSequence: content.readDoubleBE(0),
      firstOffset: content.readDoubleBE(8),
      endOffset: content.readDoubleBE(16),
      enqueuedMs: content.readDoubleBE(24),
      bytes: content.subarray(at),
      ends,
      offsets,
    },
    producer: sequence === undefined ? undefined : { id: said(32), epoch: said(40), sequence },
  };
}
