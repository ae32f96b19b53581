/** Answers the requests to `$management` about an event hub and its partitions. */
import { amqp, type Message } from './amqp-library.ts';
import type { Entity, Partition } from './entity.ts';
import { noSuchPartition } from './refusals.ts';
import type { Answer } from './request-node.ts';

const { types } = amqp;
const STR8 = 0xa1;
const HUB = 'com.microsoft:eventhub';
const PARTITION = 'com.microsoft:partition';

/** A request's result: an answer at once, or one of a partition, which may be silent. */
export type Reading =
  | { readonly answer: Answer }
  | { readonly partition: Partition; readonly read: () => Answer };

/** Reads the properties that `request` asks for. */
export function manage(request: Message, find: (name: string) => Entity | undefined): Reading {
  const properties = request.application_properties ?? {};
  const operation = String(properties.operation);
  const type = String(properties.type);
  const name = String(properties.name);
  if (operation.toUpperCase() !== 'READ') {
    return { answer: bad(`The operation '${operation}' is not supported: expected READ`) };
  }
  const entity = find(name);
  if (entity === undefined) return { answer: missing(name) };
  if (type === HUB) return { answer: hubProperties(entity) };
  if (type !== PARTITION) {
    return { answer: bad(`The type '${type}' is unknown: expected ${HUB} or ${PARTITION}`) };
  }
  const id = String(properties.partition);
  const partition = entity.partition(id);
  if (partition === undefined) {
    const { condition, description } = noSuchPartition(entity.partitions.length);
    return { answer: { status: 400, description, condition } };
  }
  return { partition, read: () => partitionProperties(entity, partition) };
}

function hubProperties(entity: Entity): Answer {
  const ids = entity.partitions.map(({ log }) => log.id);
  return ok({
    type: HUB,
    name: entity.name,
    created_at: types.wrap_timestamp(entity.createdMs),
    partition_count: types.wrap_int(ids.length),
    partition_ids: types.wrap_array(ids, STR8),
    georeplication_factor: types.wrap_int(1),
  });
}

function partitionProperties(entity: Entity, { log }: Partition): Answer {
  log.expire();
  return ok({
    type: PARTITION,
    name: entity.name,
    partition: log.id,
    begin_sequence_number: types.wrap_long(log.beginSequence),
    last_enqueued_sequence_number: types.wrap_long(log.nextSequence - 1),
    last_enqueued_offset: String(log.lastOffset),
    last_enqueued_time_utc: types.wrap_timestamp(log.lastEnqueuedMs),
    is_partition_empty: log.beginSequence === log.nextSequence,
  });
}

function ok(body: Readonly<Record<string, unknown>>): Answer {
  return { status: 200, description: 'OK', body };
}

function bad(reason: string): Answer {
  return { status: 400, description: `${reason}.`, condition: 'com.microsoft:argument-error' };
}

function missing(name: string): Answer {
  return {
    status: 404,
    description: `The messaging entity '${name}' could not be found.`,
    condition: 'amqp:not-found',
  };
}
