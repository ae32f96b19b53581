/**
 * Bytes of many events in few large buffers.
 *
 * A slab that is full is left to the bodies that point into it, and a new one begun: no byte of a body
 * ever changes, and a slab's memory is free again when the last of its bodies is.
 */
import { Buffer } from 'node:buffer';
import { type ByteChoices, byteChoices } from '../tables/byte-choices.ts';
import { ByteWriter } from '../tables/byte-writer.ts';
import { InstantStamp } from '../tables/instant-stamp.ts';

const SLAB_BYTES = 64 * 1024;

export class EventSlab {
  readonly writer = new ByteWriter(0);
  /** Text of the wall clock, which changes at another pace than that of the world. */
  readonly clock = new InstantStamp();
  /** Places in the slab, told by the encoder: where the event's id ends, and its partition key. */
  idEnd = 0;
  keyStart = 0;
  keyEnd = 0;
  /** What every envelope of the world ends with, after the fields of its payload. */
  readonly ending: ByteChoices;
  /** Bytes that writing the ending may touch. */
  readonly endingWidth: number;
  private slab = Buffer.alloc(0);

  constructor(worldId: string) {
    this.ending = byteChoices([`},"world_id":"${worldId}"}`]);
    this.endingWidth = this.ending.chunksPerText * 8;
  }

  /** Makes sure that an event of at most `size` bytes fits; returns where it begins. */
  begin(size: number): number {
    const { writer } = this;
    if (writer.length + size > this.slab.length) {
      this.slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, size));
      writer.moveTo(this.slab);
    }
    return writer.length;
  }

  /** What was written from `start` on. */
  body(start: number): Buffer {
    return this.slab.subarray(start, this.writer.length);
  }

  /** ASCII text of a stretch of the slab. */
  text(start: number, end: number): string {
    return this.slab.toString('latin1', start, end);
  }
}
