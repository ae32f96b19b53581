/**
 * The delivery ledger: counts the outcome of every event, by type.
 *
 * At every instant `generated = acknowledged + dead_lettered + in_flight`. Repeats are counted as possible, because
 * they can't be known: a batch is sent again when its answer was lost.
 */

/** Counters of one type, in the order they are kept and journaled. */
export const COUNTERS = [
  /** Given to the publisher, except events that earlier runs of the stream had settled. */
  'generated',
  /** Sent at least once. */
  'sent',
  /** Delivered, with an acknowledgement. */
  'acknowledged',
  /** Number of sends of events after their first send. */
  'retried',
  /** Retries of events that may already have been stored: the maximum number of duplicates. */
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
  /** Events generated and not settled, over all types. */
  inFlight = 0;

  /** Returns the index of a type, for `add`. */
  typeIndex(eventType: string): number {
    const known = this.indices.get(eventType);
    if (known !== undefined) return known;
    const index = this.names.push(eventType) - 1;
    this.indices.set(eventType, index);
    if (index === this.changed.length) this.grow();
    return index;
  }

  /** Adds `events` to a counter. @param type index from `typeIndex` */
  add(counter: Counter, type: number, events = 1): void {
    this.counts[type * WIDTH + PLACE[counter]] += events;
    this.changed[type] = 1;
    if (counter === 'generated') this.inFlight += events;
    else if (counter === 'acknowledged' || counter === 'deadLettered') this.inFlight -= events;
  }

  /** Returns the counters of a type; zeros if it is unknown. */
  row(eventType: string): LedgerRow {
    const type = this.indices.get(eventType);
    return this.rowAt(type === undefined ? [] : [type]);
  }

  /** Returns the sums over all types. */
  total(): LedgerRow {
    return this.rowAt(this.names.keys());
  }

  /** Returns the rows by type, in alphabetical order. */
  rows(): Record<string, LedgerRow> {
    return Object.fromEntries([...this.names].sort().map((name) => [name, this.row(name)]));
  }

  /** Returns the types that changed since the last call with all their counters, for the journal. */
  takeChanges(): Record<string, number[]> {
    const changes: Record<string, number[]> = {};
    for (let type = 0; type < this.names.length; type++) {
      if (this.changed[type] === 0) continue;
      this.changed[type] = 0;
      changes[this.names[type]] = this.countersOf(type);
    }
    return changes;
  }

  /** Returns the counters of every type. */
  snapshot(): Record<string, number[]> {
    return Object.fromEntries(this.names.map((name, type) => [name, this.countersOf(type)]));
  }

  /** Sets counters from a journal. */
  load(counters: Readonly<Record<string, readonly number[]>>): void {
    for (const [name, values] of Object.entries(counters)) {
      const at = this.typeIndex(name) * WIDTH;
      for (const counter of COUNTERS) this.counts[at + PLACE[counter]] = values[PLACE[counter]];
    }
    this.inFlight = this.total().inFlight;
  }

  /** Removes events that were in flight at the end of an earlier run: they are generated again. */
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
