/** The open order lines of a store: ordered from its DC and not yet received. */
/** The lines by column: the same index in each array is the same line. */
export type SavedBacklog = {
  product: number[];
  orderRef: number[];
  remaining: number[];
  orderedMs: number[];
};

/** Open order lines of one store at its DC, oldest first. */
export class Backlog {
  product: number[] = [];
  orderRef: number[] = [];
  /** Units of each line not yet allotted to a load. */
  remaining: number[] = [];
  orderedMs: number[] = [];

  add(product: number, orderRef: number, units: number, nowMs: number): void {
    this.product.push(product);
    this.orderRef.push(orderRef);
    this.remaining.push(units);
    this.orderedMs.push(nowMs);
  }

  get length(): number {
    return this.product.length;
  }

  /** Removes the lines that are fully allotted. */
  compact(): void {
    let kept = 0;
    for (let at = 0; at < this.product.length; at++) {
      if (this.remaining[at] === 0) continue;
      this.product[kept] = this.product[at];
      this.orderRef[kept] = this.orderRef[at];
      this.remaining[kept] = this.remaining[at];
      this.orderedMs[kept] = this.orderedMs[at];
      kept++;
    }
    this.product.length = kept;
    this.orderRef.length = kept;
    this.remaining.length = kept;
    this.orderedMs.length = kept;
  }

  save(): SavedBacklog {
    return {
      product: this.product,
      orderRef: this.orderRef,
      remaining: this.remaining,
      orderedMs: this.orderedMs,
    };
  }

  restore(saved: SavedBacklog): void {
    Object.assign(this, saved);
  }
}
