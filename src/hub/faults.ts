/** Faults that a test scripts. Each is applied to the next batch that arrives, in the order given. */

/** What happens to a batch. */
export type Fault =
  | {
      /** The batch is refused as `com.microsoft:server-busy`; it is not stored. */
      readonly kind: 'busy';
    }
  | {
      /** The batch is refused permanently, as malformed; it is not stored. */
      readonly kind: 'refuse';
    }
  | {
      /** The connection is cut before the batch is stored. */
      readonly kind: 'drop-before-store';
    }
  | {
      /** The connection is cut after the batch was stored, before the client hears of it. */
      readonly kind: 'drop-after-store';
    }
  | {
      /** The link is detached with an error; the batch is not stored. */
      readonly kind: 'detach';
    }
  | {
      /**
       * The partition stores and answers nothing, including reads of its properties, until the time is over. Then
       * it does in order what was requested meanwhile, even if the client is gone.
       */
      readonly kind: 'silence';
      /** How long, ms. */
      readonly forMs: number;
    };

/** The rate that a namespace accepts before it throttles. */
export interface ThrottleLimit {
  /** Events in a second. */
  readonly eventsPerSecond?: number;
  /** Bytes in a second. */
  readonly bytesPerSecond?: number;
}

/** Faults that are still to come, and the rate at which a namespace throttles. */
export class Faults {
  private readonly clock: () => number;
  private readonly anywhere: Fault[] = [];
  private readonly byPartition = new Map<number, Fault[]>();
  private limit: ThrottleLimit | undefined;
  private windowMs = 0;
  private events = 0;
  private bytes = 0;

  constructor(clock: () => number) {
    this.clock = clock;
  }

  /** Scripts a fault for the next batch. */
  next(fault: Fault): void;
  /** Scripts a fault for the next batch that reaches a partition; undefined: any partition. */
  next(partition: number | undefined, fault: Fault): void;
  next(first: Fault | number | undefined, second?: Fault): void {
    if (typeof first === 'object') this.anywhere.push(first);
    else if (second === undefined) throw new RangeError('Cannot script a fault: none was given');
    else if (first === undefined) this.anywhere.push(second);
    else {
      const queue = this.byPartition.get(first) ?? [];
      queue.push(second);
      this.byPartition.set(first, queue);
    }
  }

  /** Refuses what exceeds `limit` in a second as server-busy; undefined ends throttling. */
  throttle(limit: ThrottleLimit | undefined): void {
    this.limit = limit;
    this.events = 0;
    this.bytes = 0;
    this.windowMs = this.clock();
  }

  /** Number of faults that no batch has met yet. */
  get pending(): number {
    let count = this.anywhere.length;
    for (const queue of this.byPartition.values()) count += queue.length;
    return count;
  }

  /** Removes every scripted fault and ends throttling. */
  clear(): void {
    this.anywhere.length = 0;
    this.byPartition.clear();
    this.limit = undefined;
  }

  /** Returns the fault for a batch that arrives at `partition`. */
  take(partition: number): Fault | undefined {
    return this.byPartition.get(partition)?.shift() ?? this.anywhere.shift();
  }

  /** Counts a batch; returns whether it exceeds the limit. The first batch of a second is always accepted. */
  throttles(events: number, bytes: number): boolean {
    if (this.limit === undefined) return false;
    const now = this.clock();
    if (now - this.windowMs >= 1000) {
      this.windowMs = now;
      this.events = 0;
      this.bytes = 0;
    }
    const { eventsPerSecond = Infinity, bytesPerSecond = Infinity } = this.limit;
    const isFirst = this.events === 0;
    const fits = this.events + events <= eventsPerSecond && this.bytes + bytes <= bytesPerSecond;
    if (!fits && !isFirst) return true;
    this.events += events;
    this.bytes += bytes;
    return false;
  }
}
