/** The text of a packed id as bytes, cached for repeated writes of the same id. */
import { putId } from './fields.ts';

/** Longest id: letter, six digits of entity, dash, eight of sequence. */
const LENGTH = 16;

export class IdStamp {
  /** Two little-endian float64; ASCII never forms a NaN in them. */
  private head = 0.5;
  private tail = 0.5;
  private length = 0;
  private shown = Number.NaN;
  private readonly view = new DataView(new ArrayBuffer(LENGTH));

  /** Writes an id; may overwrite up to 16 bytes. Returns the position after it. */
  put(view: DataView, at: number, id: number): number {
    if (id !== this.shown) this.turnTo(id);
    view.setFloat64(at, this.head, true);
    view.setFloat64(at + 8, this.tail, true);
    return at + this.length;
  }

  private turnTo(id: number): void {
    const { view } = this;
    this.length = putId(view, 0, id);
    this.head = view.getFloat64(0, true);
    this.tail = view.getFloat64(8, true);
    this.shown = id;
  }
}
