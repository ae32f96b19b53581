/**
 * The types for a sink of your own: `synthetic-retail/sink`. `StreamSink` describes its duties; pass it to
 * `startStream`, or register it under a name.
 *
 * @module synthetic-retail/sink
 */
export {
  countDelivered,
  type Delivered,
  DeliveryFailure,
  type FailureKind,
  notOpen,
  type StreamSink,
} from '../delivery/stream-sink.ts';
export type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
export { partitionOfKey } from '../hub/partition-key.ts';
export { registerSink } from '../sinks/registry.ts';
export type {
  Destination,
  SinkConnection,
  SinkConnections,
  SinkContext,
  SinkLocks,
  SinkSettings,
  StartedHub,
  StreamSinkKind,
  StreamTarget,
} from '../sinks/stream-sink-kind.ts';
