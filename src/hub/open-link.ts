/** Decides about links that clients attach: what they are for, or why they are refused. */
import type { Address } from './addresses.ts';
import { type AmqpError, amqp, type Link, type Receiver, type Sender } from './amqp-library.ts';
import { PRODUCER } from './batch.ts';
import { reasonOf } from '../domain/errors.ts';
import { StorageFault } from './disk/segment-writer.ts';
import { DeliveryLink, type DeliveryOptions } from './delivery-link.ts';
import { IngestLink, type IngestOptions } from './ingest-link.ts';
import type { Namespace } from './namespace.ts';
import type { Partition } from './entity.ts';
import type { PartitionLog } from './partition-log.ts';
import {
  badRequest,
  internalError,
  serverBusy,
  beyondEnd,
  noSuchPartition,
  notFound,
  producerFenced,
  stolen,
} from './refusals.ts';
import { METRICS_CAPABILITY } from './runtime-metrics.ts';
import { parseSelector, SELECTOR_FILTER, type StartPosition } from './start-position.ts';

/** An open link, or the error that refuses it; undefined: there is nothing at that address. */
export type Opening = IngestLink | DeliveryLink | AmqpError | undefined;

const EPOCH = 'com.microsoft:epoch';
const IDEMPOTENT = 'com.microsoft:idempotent-producer';

/** Opens a link over which a client receives. */
export function openDelivery(
  sender: Sender,
  address: Address | undefined,
  namespace: Namespace,
  socket: Pick<DeliveryOptions, 'flush' | 'writable' | 'unsettled'>,
): Opening {
  if (address?.kind !== 'group') return undefined;
  const entity = namespace.find(address.entity);
  const group = entity?.group(address.group);
  const partition = entity?.partition(address.partition);
  if (entity === undefined) return undefined;
  if (partition === undefined) return noSuchPartition(entity.partitions.length);
  if (group === undefined) return notFound(`${entity.name}/ConsumerGroups/${address.group}`);
  const position = startPosition(sender);
  if (position === undefined) return badRequest('The filter of the receiver is not understood');
  const { log } = partition;
  if (log.isBeyondEnd(position)) return unreached(position, log);
  let from = log.nextSequence;
  const fault = guarded(namespace, () => {
    from = log.startOf(position);
    return undefined;
  });
  if (fault !== undefined) return fault;
  const withMetrics = wants(sender, METRICS_CAPABILITY);
  if (withMetrics) sender.local.attach.offered_capabilities = [METRICS_CAPABILITY];
  const reader = { entity: entity.name, partition: partition.index, consumerGroup: group };
  const events = lostBefore(position, log, entity.firstUnsent(group, log.id));
  const link = new DeliveryLink({
    sender,
    log,
    from,
    epoch: integer(sender.properties?.[EPOCH]),
    withMetrics,
    now: namespace.clock,
    ...socket,
    onSent: (bytes) => namespace.countSent(bytes),
    onFault: (error) => unreadable(namespace, error),
    onLost: (events) => namespace.losses.add({ ...reader, events }),
    onStop: (next) => entity.release(group, log.id, link, next),
  });
  const holdingEpoch = entity.claim(group, log.id, link);
  if (holdingEpoch === undefined) {
    namespace.losses.add({ ...reader, events });
    return link;
  }
  link.stop();
  const mine = link.epoch === undefined ? 'without an epoch' : `of epoch '${link.epoch}'`;
  return stolen(
    `A receiver ${mine} can't be created: one of epoch '${holdingEpoch}' holds the partition.`,
  );
}

/** Opens a link over which a client sends. */
export function openIngest(
  receiver: Receiver,
  address: Address | undefined,
  namespace: Namespace,
  client: Pick<IngestOptions, 'flush' | 'drop' | 'isGone'>,
): Opening {
  if (address?.kind !== 'entity' && address?.kind !== 'partition') return undefined;
  const entity = namespace.find(address.entity);
  if (entity === undefined) return undefined;
  const partition = address.kind === 'partition' ? entity.partition(address.partition) : undefined;
  if (address.kind === 'partition' && partition === undefined) {
    return noSuchPartition(entity.partitions.length);
  }
  if (wants(receiver, IDEMPOTENT)) {
    const refusal = guarded(namespace, () => attachProducer(receiver, partition));
    if (refusal !== undefined) return refusal;
  }
  const { faults } = namespace;
  const onStored = (events: number, bytes: number) => namespace.countStored(events, bytes);
  const onFault = (reason: string) => namespace.notes.say('storage', `${reason}.`);
  return new IngestLink({ receiver, entity, partition, faults, ...client, onStored, onFault });
}

function attachProducer(receiver: Receiver, partition: Partition | undefined) {
  if (partition === undefined) {
    return badRequest('An idempotent producer must name its partition');
  }
  const { properties } = receiver;
  const identity = partition.producers.attach(
    integer(properties?.[PRODUCER.id]),
    integer(properties?.[PRODUCER.epoch]),
    integer(properties?.[PRODUCER.sequence]),
  );
  if (identity === undefined) return producerFenced();
  receiver.local.attach.offered_capabilities = [IDEMPOTENT];
  receiver.local.attach.properties = {
    [PRODUCER.id]: amqp.types.wrap_long(identity.id),
    [PRODUCER.epoch]: amqp.types.wrap_short(identity.epoch),
    [PRODUCER.sequence]: amqp.types.wrap_int(identity.lastSequence),
  };
  return undefined;
}

/** Returns where the filter of a receiver says to begin; undefined if the filter is not understood. */
function startPosition(sender: Sender): StartPosition | undefined {
  const filter = plain(sender.source?.filter?.[SELECTOR_FILTER]);
  if (filter === undefined || filter === null) return parseSelector(undefined);
  return typeof filter === 'string' ? parseSelector(filter) : undefined;
}

/** Refuses a position behind the end: a receiver waiting there would miss the events before it. */
function unreached(position: StartPosition, { lastOffset, nextSequence }: PartitionLog) {
  const { by, value } = position as { by: string; value: number };
  return by === 'offset'
    ? beyondEnd('offset', value, lastOffset)
    : beyondEnd('sequence number', value, nextSequence - 1);
}

/** Returns the number of events between the position a receiver asks for and the oldest one retained. */
function lostBefore(
  position: StartPosition,
  log: PartitionLog,
  firstUnsent: number | undefined,
): number {
  const { beginSequence } = log;
  if (position.by === 'sequence-number') {
    const first = Math.max(position.value + (position.inclusive ? 0 : 1), 0);
    return Math.max(beginSequence - first, 0);
  }
  // An offset gives no sequence number once its event was dropped; what the group was sent does.
  const isGone = position.by === 'offset' && position.value < log.beginOffset;
  return isGone ? Math.max(beginSequence - (firstUnsent ?? beginSequence), 0) : 0;
}

/** Refuses what the disk does not allow, and writes a note. */
function guarded(namespace: Namespace, work: () => AmqpError | undefined): AmqpError | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof StorageFault) {
      namespace.notes.say('storage', `${error.message}.`);
      return serverBusy('the hub could not write its data');
    }
    return unreadable(namespace, error);
  }
}

/** Returns the error for a receiver whose events can't be read. */
function unreadable({ notes }: Namespace, error: unknown): AmqpError {
  notes.say('storage', `${reasonOf(error)}.`);
  return internalError('the hub could not read its data');
}

function wants({ desired_capabilities: desired }: Link, capability: string): boolean {
  return Array.isArray(desired) ? desired.includes(capability) : desired === capability;
}

function integer(property: unknown): number | undefined {
  const value = plain(property);
  return typeof value === 'number' ? value : undefined;
}

/** Returns the value itself, whether or not the library has unwrapped it. */
function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
}
