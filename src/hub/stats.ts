/** Counts of what a hub has done so far. */
import type { Loss } from './losses.ts';
import type { Namespace } from './namespace.ts';

/** What a partition has stored. */
export interface PartitionStats {
  /** Name of its event hub. */
  readonly entity: string;
  /** Number of the partition, from 0. */
  readonly partition: number;
  /** Events stored since the start, including dropped ones. */
  readonly events: number;
  /** Retained events. */
  readonly retainedEvents: number;
  /** Bytes of the retained batches. */
  readonly retainedBytes: number;
}

/** What a hub has done so far. */
export interface HubStats {
  /** Open connections. */
  readonly connections: number;
  /** Connections cut because of malformed input. */
  readonly brokenConnections: number;
  /** Events stored. */
  readonly incomingEvents: number;
  /** Bytes of the stored batches. */
  readonly incomingBytes: number;
  /** Events sent to receivers. */
  readonly outgoingEvents: number;
  /** Bytes of those events. */
  readonly outgoingBytes: number;
  /** Events that retention dropped before they were read. */
  readonly lostEvents: number;
  /** The same by reader. */
  readonly losses: readonly Loss[];
  /** What each partition has stored. */
  readonly perPartition: readonly PartitionStats[];
}

export function statsOf(namespace: Namespace, connections: number): HubStats {
  const { brokenConnections, incomingEvents, incomingBytes, outgoingEvents, outgoingBytes } =
    namespace;
  const perPartition = namespace.entities.flatMap((entity) =>
    entity.partitions.map(({ index, log }) => {
      log.expire();
      const { nextSequence: events, beginSequence, retainedBytes } = log;
      const retainedEvents = events - beginSequence;
      return { entity: entity.name, partition: index, events, retainedEvents, retainedBytes };
    }),
  );
  const losses = namespace.losses.list();
  return {
    connections,
    brokenConnections,
    incomingEvents,
    incomingBytes,
    outgoingEvents,
    outgoingBytes,
    lostEvents: losses.reduce((sum, { events }) => sum + events, 0),
    losses,
    perPartition,
  };
}
