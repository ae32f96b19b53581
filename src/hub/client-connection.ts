/** The connection of one client: its links, and everything to release when it closes. */
import type { Socket } from 'node:net';
import { type Address, parseAddress } from './addresses.ts';
import type {
  Connection,
  Container,
  Link,
  LinkContext,
  Message,
  MessageContext,
  Session,
} from './amqp-library.ts';
import { DeliveryLink } from './delivery-link.ts';
import { IngestLink } from './ingest-link.ts';
import { ignoreEndedSessions } from './ended-sessions.ts';
import { manage } from './management.ts';
import type { Namespace } from './namespace.ts';
import { openDelivery, openIngest, type Opening } from './open-link.ts';
import { badRequest, handleInUse, MAX_MESSAGE_BYTES, nameTaken, notFound } from './refusals.ts';
import { answerRequest } from './request-node.ts';
import { tellLinksApart } from './session-links.ts';
import { wholeTermini, writeWholeFrames } from './whole-frames.ts';

/** Size of the largest message plus the overhead of a frame. */
const MAX_FRAME_BYTES = MAX_MESSAGE_BYTES + 1024;
/** The protocol's defaults, sent explicitly because not every client knows them. */
const MAX_CHANNEL = 0xffff;
const MAX_HANDLE = 0xffff_ffff;
const UNSETTLED = 0;
const PRE_SETTLED = 1;
const REQUEST_CREDIT = 100;
/** Deliveries pause while more bytes than this wait in the socket. */
const SOCKET_BACKLOG_BYTES = 1024 * 1024;
/** Marks messages that must stay encoded: the library decodes those of format 0. */
const KEEP_ENCODED = 0x7fff_ffff;

type Role = IngestLink | DeliveryLink | Address;

export class ClientConnection {
  private readonly socket: Socket;
  private readonly namespace: Namespace;
  private readonly connection: Connection;
  private readonly roles = new Map<Link, Role>();
  /** The client's address as a phrase, for notes. */
  private readonly from: string;
  private gone = false;

  /** Serves `socket` until it closes; `onGone` is called then. */
  constructor(container: Container, socket: Socket, namespace: Namespace, onGone: () => void) {
    this.socket = socket;
    this.namespace = namespace;
    this.from = `The client at ${socket.remoteAddress}:${socket.remotePort}`;
    socket.setNoDelay(true);
    this.connection = container.create_connection({
      max_frame_size: MAX_FRAME_BYTES,
      channel_max: MAX_CHANNEL,
      reconnect: false,
      receiver_options: { credit_window: 0, autoaccept: false },
      sender_options: { treat_modified_as_released: false },
    });
    writeWholeFrames(this.connection);
    ignoreEndedSessions(this.connection);
    this.listen();
    socket.on('drain', () => this.resumeDeliveries());
    socket.once('close', () => {
      this.cleanUp();
      onGone();
    });
    this.connection.accept(socket);
  }

  /** Cuts the connection without a closing frame, as a broken network would. */
  readonly drop = (): void => {
    this.gone = true;
    this.socket.destroy();
  };

  /** Sends a closing frame and cuts the connection. */
  close(): void {
    if (!this.gone) {
      this.connection.close();
      this.flush();
    }
    this.drop();
  }

  private readonly flush = (): void => {
    if (this.gone) return;
    this.socket.cork();
    this.connection._process();
    this.socket.uncork();
  };

  private listen(): void {
    const { connection } = this;
    connection.on('session_open', ({ session }: LinkContext) => this.watch(session));
    connection.on('sender_open', ({ sender }: LinkContext) => this.openSender(sender!));
    connection.on('receiver_open', ({ receiver }: LinkContext) => this.openReceiver(receiver!));
    connection.on('sender_draining', ({ sender }: LinkContext) => {
      const role = this.roles.get(sender!);
      if (role instanceof DeliveryLink) role.drain();
    });
    connection.on('message', (context: MessageContext) => this.receive(context));
    for (const event of ['sender_close', 'receiver_close', 'sender_error', 'receiver_error']) {
      connection.on(event, ({ sender, receiver }: LinkContext) =>
        this.forget((sender ?? receiver)!),
      );
    }
    for (const event of ['session_close', 'session_error']) {
      connection.on(event, ({ session }: LinkContext) => {
        for (const link of this.roles.keys()) if (link.session === session) this.forget(link);
      });
    }
    // A client that breaks the protocol loses its connection.
    for (const event of ['protocol_error', 'error']) {
      connection.on(event, (cause: unknown) => {
        this.namespace.brokenConnections++;
        this.note('broken', `broke the protocol and loses its connection: ${reasonOf(cause)}`);
        this.drop();
      });
    }
    // Without listeners the library writes these to the console.
    for (const event of ['disconnected', 'connection_error', 'connection_close']) {
      connection.on(event, () => {});
    }
  }

  /** Intercepts the frames of a session before the library handles them. */
  private watch(session: Session): void {
    session.local.begin.handle_max = MAX_HANDLE;
    tellLinksApart(session, {
      steal: (link) => {
        this.note('name', `attaches a link named "${link.name}" again: the older one is detached`);
        this.forget(link);
        link.close(nameTaken(link.name));
      },
      handleInUse: (name) => {
        this.note('handle', `attaches "${name}" with the handle of another link: its session ends`);
        session.end(handleInUse(name));
      },
      attachedLate: () => this.resumeDeliveries(session),
    });
    const { on_transfer, on_flow } = session;
    session.on_transfer = (frame) => {
      const link = session._get_link(frame);
      if (this.roles.get(link) instanceof IngestLink && !frame.performative.message_format) {
        frame.performative.message_format = KEEP_ENCODED;
      }
      // The library would print an error. Event Hubs tolerates such clients.
      if (link.credit === 0 && frame.performative.more !== true) link.credit = 1;
      on_transfer.call(session, frame);
    };
    // A flow need not name a link, and a delivery may be waiting for any flow.
    session.on_flow = (frame) => {
      on_flow.call(session, frame);
      this.resumeDeliveries(session);
    };
  }

  private resumeDeliveries(session?: Session): void {
    for (const [link, role] of this.roles) {
      if (!(role instanceof DeliveryLink)) continue;
      if (session === undefined || link.session === session) role.resume();
    }
  }

  private openSender(sender: NonNullable<LinkContext['sender']>): void {
    const text = sender.source?.address ?? '';
    sender.set_source({ address: text, filter: sender.source?.filter ?? undefined });
    sender.set_target({ address: sender.target?.address ?? undefined });
    wholeTermini(sender);
    // Deliveries are sent settled unless the client asks to settle them.
    sender.local.attach.snd_settle_mode = PRE_SETTLED;
    const address = parseAddress(text);
    if (address?.kind === 'cbs' || address?.kind === 'management') {
      this.roles.set(sender, address);
      return;
    }
    const { namespace, flush } = this;
    const unsettled = sender.snd_settle_mode === UNSETTLED;
    if (unsettled) sender.local.attach.snd_settle_mode = UNSETTLED;
    const opening = openDelivery(sender, address, namespace, {
      flush,
      unsettled,
      writable: () => this.socket.writableLength < SOCKET_BACKLOG_BYTES,
    });
    this.settle(sender, opening, text);
  }

  private openReceiver(receiver: NonNullable<LinkContext['receiver']>): void {
    const text = receiver.target?.address ?? '';
    receiver.local.attach.max_message_size = MAX_MESSAGE_BYTES;
    receiver.set_target({ address: text });
    receiver.set_source({ address: receiver.source?.address ?? undefined });
    wholeTermini(receiver);
    const address = parseAddress(text);
    if (address?.kind === 'cbs' || address?.kind === 'management') {
      this.roles.set(receiver, address);
      receiver.add_credit(REQUEST_CREDIT);
      return;
    }
    const { namespace, flush, drop } = this;
    const isGone = () => this.gone || !this.roles.has(receiver);
    this.settle(receiver, openIngest(receiver, address, namespace, { flush, drop, isGone }), text);
  }

  private note(about: string, what: string): void {
    this.namespace.notes.say(about, `${this.from} ${what.replace(/\.$/, '')}.`);
  }

  private settle(link: Link, opening: Opening, address: string): void {
    if (opening instanceof IngestLink || opening instanceof DeliveryLink) {
      this.roles.set(link, opening);
    } else {
      const refusal = opening ?? notFound(address);
      this.note(
        `refused ${refusal.condition}`,
        `is refused a link to "${address}": ${refusal.description}`,
      );
      link.close(refusal);
    }
  }

  private receive({ receiver, delivery, message, format }: MessageContext): void {
    const role = this.roles.get(receiver);
    if (role instanceof IngestLink) {
      // A transfer may have no payload.
      role.receive(delivery, Buffer.isBuffer(message) ? message : Buffer.alloc(0), format);
      return;
    }
    if (role !== undefined && 'kind' in role) {
      delivery.accept();
      receiver.add_credit(1);
      if (Buffer.isBuffer(message)) receiver.close(badRequest('A request must be a plain message'));
      else if (role.kind === 'cbs')
        this.answer(receiver, message, { status: 202, description: 'Accepted' });
      else this.manage(receiver, message);
      return;
    }
    // The client sent this before it knew that the link is refused: it counts as not delivered.
    delivery.settled = true;
  }

  private manage(receiver: Link, request: Message): void {
    const reading = manage(request, (name) => this.namespace.find(name));
    if ('answer' in reading) this.answer(receiver, request, reading.answer);
    else {
      const { partition, read } = reading;
      partition.silence.run(() => this.answer(receiver, request, read()));
    }
  }

  private answer(
    receiver: Link,
    request: Message,
    answer: Parameters<typeof answerRequest>[2],
  ): void {
    if (this.gone) return;
    answerRequest(receiver, request, answer);
  }

  private forget(link: Link): void {
    const role = this.roles.get(link);
    if (role instanceof DeliveryLink) role.stop();
    this.roles.delete(link);
  }

  private cleanUp(): void {
    this.gone = true;
    for (const link of [...this.roles.keys()]) this.forget(link);
    const { connection } = this;
    // The library restarts its timers whenever it writes, even to a closed socket.
    connection.socket_ready = false;
    clearTimeout(connection.heartbeat_in);
    clearTimeout(connection.heartbeat_out);
    clearTimeout(connection.abort_idle);
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'what it sent cannot be understood';
}
