/**
 * The first records of an order, out of any number that are shown: no more are kept than are wanted, and
 * one that does not come among them costs a look at one field.
 */
import { QUOTE } from './records.ts';

export interface LeastOptions {
  /** Whether the field is compared as a number; else by its bytes. */
  readonly isNumber: boolean;
  readonly descending: boolean;
  readonly keep: number;
}

interface Kept {
  /** The number, against its sign where descending; of a text 0. Infinity where there is none. */
  readonly key: number;
  /** A byte a character, so that it compares as the bytes do. */
  readonly text: string;
  readonly rank: number;
  /** The record, a byte a character. */
  readonly record: string;
}

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

export class Least {
  private readonly isNumber: boolean;
  private readonly sign: number;
  private readonly keep: number;
  /** A heap: none comes after the first. */
  private readonly heap: Kept[] = [];

  constructor({ isNumber, descending, keep }: LeastOptions) {
    this.isNumber = isNumber;
    this.sign = descending ? -1 : 1;
    this.keep = keep;
  }

  /** Shows a record. @param rank among those whose fields are equal; empty fields come last in any order */
  offer(
    bytes: Buffer,
    from: number,
    to: number,
    fieldFrom: number,
    fieldTo: number,
    rank: number,
  ): void {
    if (fieldFrom < fieldTo && bytes[fieldFrom] === QUOTE) {
      const field = unquoted(bytes.subarray(fieldFrom, fieldTo));
      this.compete(field, 0, field.length, rank, bytes, from, to);
    } else this.compete(bytes, fieldFrom, fieldTo, rank, bytes, from, to);
  }

  private compete(
    field: Buffer,
    fieldFrom: number,
    fieldTo: number,
    rank: number,
    bytes: Buffer,
    from: number,
    to: number,
  ): void {
    const { heap, isNumber, sign } = this;
    const number = isNumber ? numberIn(field, fieldFrom, fieldTo) : 0;
    const isNone = fieldFrom === fieldTo || Number.isNaN(number);
    const key = isNone ? Number.POSITIVE_INFINITY : sign * number;
    if (heap.length === this.keep) {
      const last = heap[0];
      if (key > last.key) return;
      if (key === last.key) {
        const order = isNumber ? 0 : sign * compareBytes(field, fieldFrom, fieldTo, last.text);
        if (order > 0 || (order === 0 && rank > last.rank)) return;
      }
    }
    const text = isNumber ? '' : field.toString('latin1', fieldFrom, fieldTo);
    this.add({ key, text, rank, record: bytes.toString('latin1', from, to) });
  }

  /** The records that were kept, in their order. */
  records(): string[] {
    const kept = this.heap.toSorted((a, b) => this.compare(a, b));
    return kept.map(({ record }) => Buffer.from(record, 'latin1').toString('utf8'));
  }

  private add(kept: Kept): void {
    const { heap } = this;
    if (heap.length < this.keep) {
      let at = heap.push(kept) - 1;
      while (at > 0) {
        const above = (at - 1) >> 1;
        if (this.compare(heap[above], kept) >= 0) break;
        heap[at] = heap[above];
        at = above;
      }
      heap[at] = kept;
      return;
    }
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && this.compare(heap[below], heap[below + 1]) < 0) below++;
      if (this.compare(heap[below], kept) <= 0) break;
      heap[at] = heap[below];
      at = below;
    }
    heap[at] = kept;
  }

  private compare(a: Kept, b: Kept): number {
    if (a.key !== b.key) return a.key < b.key ? -1 : 1;
    return this.sign * compareTexts(a.text, b.text) || a.rank - b.rank;
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareBytes(bytes: Buffer, from: number, to: number, text: string): number {
  const length = Math.min(to - from, text.length);
  for (let at = 0; at < length; at++) {
    const difference = bytes[from + at] - text.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return to - from - text.length;
}

/** A decimal number as the files have them; NaN if it is none. */
function numberIn(bytes: Buffer, from: number, to: number): number {
  let at = from;
  const isNegative = bytes[at] === MINUS;
  if (isNegative) at++;
  let digits = 0;
  let unit = 1;
  let isFraction = false;
  for (; at < to; at++) {
    const digit = bytes[at] - ZERO;
    if (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      if (isFraction) unit *= 10;
    } else if (bytes[at] === POINT && !isFraction) isFraction = true;
    else return Number(bytes.toString('latin1', from, to));
  }
  // Beyond that they are not exact, and neither is the quotient.
  if (digits > Number.MAX_SAFE_INTEGER || unit > 1e15)
    return Number(bytes.toString('latin1', from, to));
  return (isNegative ? -digits : digits) / unit;
}

function unquoted(field: Buffer): Buffer {
  return Buffer.from(field.toString('latin1').slice(1, -1).replaceAll('""', '"'), 'latin1');
}
