/** An event hub in the namespace: its partitions, its consumer groups, and their receivers. */
import { partitionOfKey } from './partition-key.ts';
import { PartitionLog, type Retention } from './partition-log.ts';
import type { Producers } from './producers.ts';
import { Silence } from './silence.ts';
import type { Storage } from './storage.ts';
import { sameName } from './entity-options.ts';

/** A receiver that one of a higher epoch can disconnect. */
export interface EpochHolder {
  /** undefined means no epoch: the receiver shares the partition with others like it. */
  readonly epoch: number | undefined;
  steal(byEpoch: number): void;
}

export interface Partition {
  readonly index: number;
  readonly log: PartitionLog;
  readonly producers: Producers;
  readonly silence: Silence;
}

export class Entity {
  readonly name: string;
  readonly createdMs: number;
  readonly partitions: readonly Partition[];
  readonly consumerGroups: readonly string[];
  private readonly holders = new Map<string, Set<EpochHolder>>();
  /** The first event that no receiver of a group was sent, by group and partition, as far as known. */
  private readonly unsent = new Map<string, number>();
  private turn = 0;

  constructor(
    options: Storage['entities'][number],
    storage: Storage,
    retention: Retention,
    clock: () => number,
  ) {
    this.name = options.name;
    this.createdMs = options.createdMs;
    this.partitions = Array.from({ length: options.partitionCount }, (_, index) => {
      const shelf = storage.open(options.name, index);
      const log = new PartitionLog(String(index), retention, clock, shelf);
      return { index, log, producers: shelf.producers, silence: new Silence() };
    });
    const others = options.consumerGroups.filter((name) => !sameName(name, DEFAULT_GROUP));
    this.consumerGroups = [DEFAULT_GROUP, ...others];
  }

  partition(id: string): Partition | undefined {
    return /^\d{1,4}$/.test(id) ? this.partitions[Number(id)] : undefined;
  }

  group(name: string): string | undefined {
    return this.consumerGroups.find((group) => sameName(group, name));
  }

  /** Returns the partition of a batch that names none: chosen by its key, otherwise in turn. */
  partitionFor(key: string | undefined): Partition {
    const count = this.partitions.length;
    if (key !== undefined) return this.partitions[partitionOfKey(key, count)];
    const partition = this.partitions[this.turn];
    this.turn = (this.turn + 1) % count;
    return partition;
  }

  /**
   * Admits a receiver and disconnects those it displaces.
   * @returns the epoch that keeps it out; undefined if it is admitted
   */
  claim(group: string, partition: string, holder: EpochHolder): number | undefined {
    const key = `${group}/${partition}`;
    const holders = this.holders.get(key) ?? new Set();
    const highest = [...holders].reduce((most, { epoch }) => Math.max(most, epoch ?? -1), -1);
    if (highest > (holder.epoch ?? -1)) return highest;
    if (holder.epoch !== undefined) {
      for (const other of holders) {
        holders.delete(other);
        other.steal(holder.epoch);
      }
    }
    holders.add(holder);
    this.holders.set(key, holders);
    return undefined;
  }

  /** Removes a receiver that was sent everything before `next`. */
  release(group: string, partition: string, holder: EpochHolder, next: number): void {
    const key = `${group}/${partition}`;
    this.holders.get(key)?.delete(holder);
    this.unsent.set(key, Math.max(next, this.unsent.get(key) ?? 0));
  }

  /** Returns the sequence number of the first event that no receiver of a group was sent; undefined if unknown. */
  firstUnsent(group: string, partition: string): number | undefined {
    return this.unsent.get(`${group}/${partition}`);
  }
}

const DEFAULT_GROUP = '$Default';
