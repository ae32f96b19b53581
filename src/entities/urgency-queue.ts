/** Products in order of urgency; of those that are equally urgent, the first in the assortment comes first. */
export class UrgencyQueue {
  /** A binary heap: urgencies, and the products that have them. */
  private urgencies = new Float64Array(256);
  private products = new Int32Array(256);
  private size = 0;

  clear(): void {
    this.size = 0;
  }

  add(product: number, urgency: number): void {
    if (this.size === this.products.length) this.grow();
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.isBefore(urgency, product, parent)) break;
      this.move(parent, hole);
      hole = parent;
    }
    this.urgencies[hole] = urgency;
    this.products[hole] = product;
  }

  /** Removes the most urgent product and returns it; -1 if there is none. */
  take(): number {
    if (this.size === 0) return -1;
    const first = this.products[0];
    this.size--;
    const urgency = this.urgencies[this.size];
    const product = this.products[this.size];
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.size) break;
      const right = child + 1;
      if (right < this.size && this.isBefore(this.urgencies[right], this.products[right], child)) {
        child = right;
      }
      if (this.isBefore(urgency, product, child)) break;
      this.move(child, hole);
      hole = child;
    }
    this.urgencies[hole] = urgency;
    this.products[hole] = product;
    return first;
  }

  private isBefore(urgency: number, product: number, at: number): boolean {
    const other = this.urgencies[at];
    return urgency > other || (urgency === other && product < this.products[at]);
  }

  private move(from: number, to: number): void {
    this.urgencies[to] = this.urgencies[from];
    this.products[to] = this.products[from];
  }

  private grow(): void {
    const { urgencies, products } = this;
    this.urgencies = new Float64Array(products.length * 2);
    this.urgencies.set(urgencies);
    this.products = new Int32Array(products.length * 2);
    this.products.set(products);
  }
}
