/** Sends the events of a partition to one receiver, as fast as it grants credit. */
import type { AmqpError, Sender } from './amqp-library.ts';
import type { EpochHolder } from './entity.ts';
import type { PartitionLog } from './partition-log.ts';
import { runtimeMetrics } from './runtime-metrics.ts';
import { stolen } from './refusals.ts';
import { Unsettled } from './unsettled.ts';

/** Number of events given to the library before it may write to the socket. */
const EVENTS_PER_TURN = 512;

export interface DeliveryOptions {
  readonly sender: Sender;
  readonly log: PartitionLog;
  /** Sequence number of the first event to send. */
  readonly from: number;
  readonly epoch: number | undefined;
  /** Whether each event carries the position of the partition's last event. */
  readonly withMetrics: boolean;
  readonly now: () => number;
  /** Whether the receiver settles each event. */
  readonly unsettled: boolean;
  /** Returns whether the socket accepts more now; if not, `resume` is called when it does. */
  readonly writable: () => boolean;
  /** Writes pending output. */
  readonly flush: () => void;
  /** Called for every event that is sent. */
  readonly onSent: (bytes: number) => void;
  /** Called when retention dropped events before they were sent. */
  readonly onLost: (events: number) => void;
  /** Called when events can't be read; returns the error for the receiver. */
  readonly onFault: (error: unknown) => AmqpError;
  /** Called once when the link stops sending, with the sequence number of the first event not sent. */
  readonly onStop: (next: number) => void;
}

export class DeliveryLink implements EpochHolder {
  readonly epoch: number | undefined;
  private readonly options: DeliveryOptions;
  private readonly stopListening: () => void;
  private readonly unsettled: Unsettled | undefined;
  private next: number;
  private tag = 0;
  /** Events given to the library since the link began; `delivery_count` counts those it has sent. */
  private handed = 0;
  private draining = false;
  private scheduled: NodeJS.Immediate | undefined;
  private closed = false;

  constructor(options: DeliveryOptions) {
    this.options = options;
    this.epoch = options.epoch;
    this.next = options.from;
    this.stopListening = options.log.onAppend(() => this.resume());
    if (options.unsettled) this.unsettled = new Unsettled(options.sender, () => this.resume());
  }

  /** Schedules more sending, if there is anything to send. */
  resume(): void {
    if (this.closed || this.scheduled !== undefined) return;
    this.scheduled = setImmediate(() => {
      this.scheduled = undefined;
      try {
        this.pump();
      } catch (error) {
        this.refuse(this.options.onFault(error));
      }
    });
  }

  /** Called when the receiver asks for its unused credit back once nothing is left to send. */
  drain(): void {
    this.draining = true;
    this.resume();
  }

  steal(byEpoch: number): void {
    const detail = `New receiver with epoch '${byEpoch}' is created: this one is disconnected.`;
    this.refuse(stolen(detail));
  }

  /** Detaches the link with an error. */
  refuse(error: AmqpError): void {
    this.stop();
    this.options.sender.close(error);
  }

  /** Stops sending. */
  stop(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.scheduled !== undefined) clearImmediate(this.scheduled);
    this.stopListening();
    this.unsettled?.abandon();
    this.options.onStop(this.next);
  }

  private pump(): void {
    const { sender, flush, writable } = this.options;
    if (this.closed || !sender.is_open() || !writable()) return;
    const waiting = this.handed - sender.delivery_count;
    const room = Math.min(sender.credit - waiting, sender.session.outgoing.available());
    const most = Math.min(room, EVENTS_PER_TURN, this.unsettled?.room ?? Infinity);
    const again = this.sendAgain(most);
    const sent = again + this.send(most - again);
    if (sent > 0) flush();
    const exhausted =
      this.next >= this.options.log.nextSequence && this.unsettled?.next === undefined;
    if (sent > 0 && !exhausted) this.resume();
    if (this.draining && exhausted && this.handed === sender.delivery_count) {
      this.draining = false;
      sender.set_drained(true);
      flush();
      // Returned credit counts as deliveries.
      this.handed = sender.delivery_count;
    }
  }

  private send(most: number): number {
    const { log } = this.options;
    log.expire();
    const lost = log.beginSequence - this.next;
    if (lost > 0) {
      this.next = log.beginSequence;
      this.options.onLost(lost);
    }
    let sent = 0;
    while (sent < most) {
      const batch = log.batchAt(this.next);
      if (batch === undefined) break;
      const { firstSequence, ends, bytes } = batch;
      let index = this.next - firstSequence;
      const end = Math.min(ends.length, index + most - sent);
      for (; index < end; index++) {
        const event = bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index]);
        this.hand(event, firstSequence + index);
        sent++;
      }
      this.next = firstSequence + end;
    }
    return sent;
  }

  /** Sends events again that the receiver released. */
  private sendAgain(most: number): number {
    const { unsettled } = this;
    let sent = 0;
    for (let next = unsettled?.next; next !== undefined && sent < most; next = unsettled?.next) {
      const event = this.options.log.eventAt(next);
      if (event === undefined) {
        unsettled?.skip();
        this.options.onLost(1);
      } else {
        this.hand(event, next);
        sent++;
      }
    }
    return sent;
  }

  private hand(event: Buffer, sequence: number): void {
    const { log, sender, withMetrics, now, onSent } = this.options;
    const message = withMetrics ? runtimeMetrics(event, log, now()) : event;
    const delivery = sender.send(message, this.nextTag(), 0);
    this.unsettled?.sent(delivery, sequence);
    onSent(message.length);
    this.handed++;
  }

  private nextTag(): Buffer {
    const tag = Buffer.allocUnsafe(4);
    tag.writeUInt32BE(this.tag, 0);
    this.tag = (this.tag + 1) >>> 0;
    return tag;
  }
}
