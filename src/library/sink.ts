/**
 * What a sink of your own is made of: `synthetic-retail/sink`. `StreamSink` says what it must do; it is given to
 * `startStream`, or registered under a name.
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
