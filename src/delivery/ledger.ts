/**
 * The delivery ledger: what became of every event, by type.
 *
 * At every instant `generated = acknowledged + dead_lettered + in_flight`. A repeat is only ever
 * possible, never known: the answer to a batch was lost, so it was sent again.
 */

/** Counters of one type, in the order they are kept and journaled. */
export const COUNTERS = [
  /** Handed to the publisher, what earlier lives of the stream had settled excepted. */
  'generated',
  /** Sent at least once. */
  'sent',
  /** Delivered, and known to be. */
  'acknowledged',
  /** Sends after the first, of all events together. */
  'retried',
  /** Of those, the ones whose predecessor may have been stored: the most copies there can be. */
  'possiblyRepeated',
  /** Given up, and kept as dead letters. */
  'deadLettered',
] as const;
/** What is counted of an event. */
export type Counter = (typeof COUNTERS)[number];
/**
 * What became of events: `generated`, `sent` at least once, `acknowledged`, `retried` (sends after the first),
 * `possiblyRepeated` (of those, the ones whose predecessor may have been stored), `deadLettered`, and `inFlight`.
 */
export type LedgerRow = Readonly<Record<Counter | 'inFlight', number>>;

const WIDTH = COUNTERS.length;
const FIRST_TYPES = 32;

export class Ledger {
  private readonly indices = new Map<string, number>();
  private readonly names: string[] = [];
  private counts = new Float64Array(FIRST_TYPES * WIDTH);
  private changed = new Uint8Array(FIRST_TYPES);
  /** Events generated and not settled, all types together. */
  inFlight = 0;

  /** Index of a type, for `add`. */
  typeIndex(eventType: string): number {
    const known = this.indices.get(eventType);
    if (known !== undefined) return known;
    const index = this.names.push(eventType) - 1;
    this.indices.set(eventType, index);
    if (index === this.changed.length) this.grow();
    return index;
  }

  /** Counts `events` more; `typeIndex` tells the index. */
  add(counter: Counter, type: number, events = 1): void {
    this.counts[type * WIDTH + PLACE[counter]] += events;
    this.changed[type] = 1;
    if (counter === 'generated') this.inFlight += events;
    else if (counter === 'acknowledged' || counter === 'deadLettered') this.inFlight -= events;
  }

  /** Counters of a type that may be unknown. */
  row(eventType: string): LedgerRow {
    const type = this.indices.get(eventType);
    return this.rowAt(type === undefined ? [] : [type]);
  }

  /** All types together. */
  total(): LedgerRow {
    return this.rowAt(this.names.keys());
  }

  /** Rows by type, in alphabetical order. */
  rows(): Record<string, LedgerRow> {
    return Object.fromEntries([...this.names].sort().map((name) => [name, this.row(name)]));
  }

  /** Types counted since the last call, with all their counters: what a journal writes down. */
  takeChanges(): Record<string, number[]> {
    const changes: Record<string, number[]> = {};
    for (let type = 0; type < this.names.length; type++) {
      if (this.changed[type] === 0) continue;
      this.changed[type] = 0;
      changes[this.names[type]] = this.countersOf(type);
    }
    return changes;
  }

  /** The counters of every type. */
  snapshot(): Record<string, number[]> {
    return Object.fromEntries(this.names.map((name, type) => [name, this.countersOf(type)]));
  }

  /** Takes over counters as they were written down. */
  load(counters: Readonly<Record<string, readonly number[]>>): void {
    for (const [name, values] of Object.entries(counters)) {
      const at = this.typeIndex(name) * WIDTH;
      for (const counter of COUNTERS) this.counts[at + PLACE[counter]] = values[PLACE[counter]];
    }
    this.inFlight = this.total().inFlight;
  }

  /** Forgets what was in flight when an earlier life ended: it is generated again. */
  forgetInFlight(): void {
    for (let type = 0; type < this.names.length; type++) {
      const at = type * WIDTH;
      const settled = this.counts[at + PLACE.acknowledged] + this.counts[at + PLACE.deadLettered];
      this.counts[at + PLACE.generated] = settled;
    }
    this.inFlight = 0;
  }

  private countersOf(type: number): number[] {
    return [...this.counts.subarray(type * WIDTH, (type + 1) * WIDTH)];
  }

  private rowAt(types: Iterable<number>): LedgerRow {
    const row = Object.fromEntries(COUNTERS.map((counter) => [counter, 0])) as Record<
      Counter,
      number
    >;
    for (const type of types) {
      for (const counter of COUNTERS) row[counter] += this.counts[type * WIDTH + PLACE[counter]];
    }
    return { ...row, inFlight: row.generated - row.acknowledged - row.deadLettered };
  }

  private grow(): void {
    const counts = new Float64Array(this.counts.length * 2);
    counts.set(this.counts);
    const changed = new Uint8Array(this.changed.length * 2);
    changed.set(this.changed);
    this.counts = counts;
    this.changed = changed;
  }
}

const PLACE = Object.fromEntries(COUNTERS.map((counter, place) => [counter, place])) as Record<
  Counter,
  number
>;
