/**
 * What a sink of one's own is made of: `synthetic-retail/sink`. `StreamSink` says what it must do; it is given to
 * `startStream`.
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
