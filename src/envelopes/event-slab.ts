/**
 * Bytes of many events in few large buffers.
 *
 * Bodies point into the slab. A full slab is left to them and a new one is started: no byte of a body
 * ever changes, and a slab's memory is freed together with the last of its bodies.
 */
import { Buffer } from 'node:buffer';
import { type ByteChoices, byteChoices } from '../tables/byte-choices.ts';
import { ByteWriter } from '../tables/byte-writer.ts';
import { InstantStamp } from '../tables/instant-stamp.ts';

const SLAB_BYTES = 64 * 1024;

export class EventSlab {
  readonly writer = new ByteWriter(0);
  /** Text of the wall clock, which changes at a different rate than simulated time. */
  readonly clock = new InstantStamp();
  /** Positions in the slab, set by the encoder: the ends of the event's id and of its partition key. */
  idEnd = 0;
  keyStart = 0;
  keyEnd = 0;
  /** The end of every envelope of the world, after the fields of its payload. */
  readonly ending: ByteChoices;
  /** Bytes that writing the ending may overwrite. */
  readonly endingWidth: number;
  private slab = Buffer.alloc(0);

  constructor(worldId: string) {
    this.ending = byteChoices([`},"world_id":"${worldId}"}`]);
    this.endingWidth = this.ending.chunksPerText * 8;
  }

  /** Makes room for an event of at most `size` bytes; returns its start. */
  begin(size: number): number {
    const { writer } = this;
    if (writer.length + size > this.slab.length) {
      this.slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, size));
      writer.moveTo(this.slab);
    }
    return writer.length;
  }

  /** Returns what was written since `start`. */
  body(start: number): Buffer {
    return this.slab.subarray(start, this.writer.length);
  }

  /** Returns a range of the slab as ASCII text. */
  text(start: number, end: number): string {
    return this.slab.toString('latin1', start, end);
  }
}
