/**
 * The balances of a node's stock. Those of one product lie side by side: a unit that moves touches most of them, and
 * finds them in one line of the CPU's cache.
 */

/** Balances of a product that fit: a line of the cache holds those of two products. */
const WIDTH = 8;

/** One balance of every product, in units. */
export class BalanceColumn {
  private readonly cells: Int32Array<ArrayBuffer>;
  private readonly place: number;

  constructor(cells: Int32Array<ArrayBuffer>, place: number) {
    this.cells = cells;
    this.place = place;
  }

  /** Number of products. */
  get length(): number {
    return this.cells.length / WIDTH;
  }

  at(product: number): number {
    return this.cells[product * WIDTH + this.place];
  }

  set(product: number, units: number): void {
    this.cells[product * WIDTH + this.place] = units;
  }

  /** Adds units to a product's balance. */
  add(product: number, units: number): void {
    this.cells[product * WIDTH + this.place] += units;
  }

  /** Returns a copy, by product. */
  values(): Int32Array<ArrayBuffer> {
    return Int32Array.from({ length: this.length }, (_, product) => this.at(product));
  }

  /** Sets the balances of all products. */
  fill(values: ArrayLike<number>): void {
    for (let product = 0; product < this.length; product++) this.set(product, values[product]);
  }
}

/** Returns a function that gives another column of `count` products at each call; there is room for eight. */
export function balanceColumns(count: number): () => BalanceColumn {
  const cells = new Int32Array(count * WIDTH);
  let places = 0;
  return () => {
    if (places === WIDTH) throw new RangeError(`A product has no more than ${WIDTH} balances`);
    return new BalanceColumn(cells, places++);
  };
}
