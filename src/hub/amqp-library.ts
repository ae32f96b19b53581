/** Types of the parts of rhea that the hub uses, including internal ones, which rhea's own types leave out. */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import rhea from 'rhea';

/** A frame's performative as the library keeps it: fields by position. */
export interface Performative {
  readonly value: unknown[];
  readonly constructor: { readonly descriptor?: { readonly numeric: number } };
}

export interface AmqpError {
  readonly condition: string;
  readonly description: string;
  /** An empty value that is written explicitly: see whole-frames.ts. */
  readonly info: null;
}

/** A value with an explicit AMQP type. */
export interface Typed {
  readonly value: unknown;
  readonly descriptor?: { readonly value: unknown };
}

export interface Terminus {
  readonly address?: string | null;
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly dynamic?: boolean;
}

interface EncodedList {
  readonly value: unknown[];
}

interface Attach {
  source: EncodedList | undefined;
  target: EncodedList | undefined;
  max_message_size: number;
  snd_settle_mode: number;
  properties: Readonly<Record<string, unknown>>;
  offered_capabilities: readonly string[];
}

export interface Link extends EventEmitter {
  readonly name: string;
  readonly session: Session;
  readonly snd_settle_mode: number | undefined;
  readonly source: Terminus | null;
  readonly target: Terminus | null;
  readonly properties: Readonly<Record<string, unknown>> | null | undefined;
  readonly desired_capabilities: string | readonly string[] | null | undefined;
  readonly local: { readonly attach: Attach; readonly handle: number };
  readonly remote: { handle: number | undefined };
  credit: number;
  delivery_count: number;
  is_open(): boolean;
  is_remote_open(): boolean;
  is_sender(): boolean;
  on_attach(frame: AttachFrame): void;
  set_source(fields: object): void;
  set_target(fields: object): void;
  close(error?: AmqpError): void;
}

export interface Sender extends Link {
  send(message: object | Buffer, tag?: Buffer, format?: number): OutgoingDelivery;
  set_drained(drained: boolean): void;
}

export interface Receiver extends Link {
  add_credit(credit: number): void;
}

/** A delivery that the client has to settle. */
export interface OutgoingDelivery {
  readonly id: number;
  settled: boolean;
  remote_settled: boolean;
  readonly remote_state: { readonly undeliverable_here?: boolean } | undefined;
  update(settled: boolean): void;
}

/** The library's window of deliveries that are not settled. */
export interface OutgoingDeliveries {
  readonly size: number;
  available(): number;
  push(delivery: OutgoingDelivery): void;
  by_id(id: number): OutgoingDelivery | undefined;
  pop_if(isDone: (delivery: OutgoingDelivery) => boolean): number;
}

export interface Delivery {
  readonly remote_settled: boolean;
  settled: boolean;
  accept(): void;
  reject(error: AmqpError): void;
}

/** A decoded request to `$cbs` or `$management`. */
export interface Message {
  readonly message_id?: unknown;
  readonly reply_to?: string;
  readonly correlation_id?: unknown;
  readonly application_properties?: Readonly<Record<string, unknown>>;
  readonly message_annotations?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export interface TransferFrame {
  readonly performative: {
    readonly handle: number;
    message_format: number | undefined;
    readonly more?: boolean;
  };
}

export interface AttachFrame {
  /** `role` is true if the client receives. */
  readonly performative: { readonly name: string; readonly handle: number; readonly role: boolean };
}

export interface HandleFrame {
  readonly performative: { readonly handle: number };
}

interface Outgoing {
  deliveries: OutgoingDeliveries;
  readonly next_delivery_id: number;
  readonly next_pending_delivery: number;
  available(): number;
}

export interface Session extends EventEmitter {
  readonly local: {
    readonly begin: { handle_max: number };
    readonly handles: Record<number, Link>;
  };
  readonly remote: { readonly handles: Record<number, Link | undefined> };
  readonly outgoing: Outgoing;
  readonly links: Record<string, Link>;
  create_sender(name: string): Link;
  create_receiver(name: string): Link;
  create_link(
    name: string,
    Kind: new (session: Session, name: string, handle: number, options: object) => Link,
    options: object,
  ): Link;
  on_attach(frame: AttachFrame): void;
  on_detach(frame: HandleFrame): void;
  remove_link(link: Link): void;
  end(error: AmqpError): void;
  on_transfer(frame: TransferFrame): void;
  on_flow(frame: unknown): void;
  _get_link(frame: HandleFrame): Link;
}

export interface LinkContext {
  readonly session: Session;
  readonly sender?: Sender;
  readonly receiver?: Receiver;
}

export interface MessageContext extends LinkContext {
  readonly receiver: Receiver;
  readonly delivery: Delivery;
  readonly message: Message | Buffer;
  readonly format?: number;
}

export interface ChannelFrame {
  readonly channel: number;
}

export interface Connection extends EventEmitter {
  socket_ready: boolean;
  heartbeat_in: NodeJS.Timeout | undefined;
  heartbeat_out: NodeJS.Timeout | undefined;
  abort_idle: NodeJS.Timeout | undefined;
  accept(socket: Socket): Connection;
  close(error?: AmqpError): void;
  on_begin(frame: ChannelFrame): void;
  on_end(frame: ChannelFrame): void;
  on_detach(frame: ChannelFrame): void;
  on_flow(frame: ChannelFrame): void;
  on_disposition(frame: ChannelFrame): void;
  on_transfer(frame: ChannelFrame): void;
  /** Writes pending output at once. */
  _process(): void;
  _write_frame(channel: number, performative?: Performative, payload?: Buffer): void;
}

export interface SaslMechanisms {
  [name: string]: unknown;
  enable_anonymous(): void;
  enable_plain(accepts: (user: string, password: string) => boolean): void;
}

export interface Container extends EventEmitter {
  readonly sasl_server_mechanisms: SaslMechanisms;
  create_connection(options: object): Connection;
}

interface Types {
  wrap_int(value: number): Typed;
  wrap_long(value: number): Typed;
  wrap_short(value: number): Typed;
  wrap_string(value: string): Typed;
  wrap_timestamp(value: number): Typed;
  wrap_array(values: readonly unknown[], typeCode: number): Typed;
}

interface Library {
  readonly types: Types;
  readonly message: { decode(bytes: Buffer): Message };
  create_container(options: object): Container;
}

export const amqp = rhea as unknown as Library;
