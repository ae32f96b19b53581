/** The memory of an array that is made anew for each chunk: chunks are encoded one after the other. */

type Numbers = Int8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

export class Reused<Values extends Numbers> {
  private values: Values;
  private readonly make: new (
    length: number,
  ) => Values;

  constructor(make: new (length: number) => Values) {
    this.make = make;
    this.values = new make(0);
  }

  /** Returns an array of this length, with any content; the one before is no longer valid. */
  of(length: number): Values {
    if (this.values.length < length) this.values = new this.make(length * 2);
    return this.values.subarray(0, length) as Values;
  }
}
