/** Counts of what a hub has done so far. */
import type { Loss } from './losses.ts';
import type { Namespace } from './namespace.ts';

export interface PartitionStats {
  readonly entity: string;
  readonly partition: number;
  /** Events stored since the start, including dropped ones. */
  readonly events: number;
  /** Retained events. */
  readonly retainedEvents: number;
  readonly retainedBytes: number;
}

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
  readonly outgoingBytes: number;
  /** Events that retention dropped before they were read: in total, and by reader. */
  readonly lostEvents: number;
  readonly losses: readonly Loss[];
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
