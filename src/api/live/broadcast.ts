/**
 * Sends one state to all clients as server-sent events.
 *
 * The bytes of an event are created once and shared. A client whose backlog grows too long is disconnected;
 * it reconnects with the id of the last event that it received.
 */

export interface BroadcastOptions {
  /** Number of the first event; it must be above all numbers sent before the server was restarted. */
  readonly firstId: number;
  /** Number of events kept for clients that reconnect. */
  readonly kept?: number;
  /** Maximum backlog of a client, bytes. */
  readonly backlogBytes?: number;
  readonly heartbeatMs?: number;
  readonly mostClients?: number;
  /** Called when the first client connects and when the last one has disconnected. */
  readonly onWatched?: (watched: boolean) => void;
}

interface Client {
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
}

interface Kept {
  readonly id: number;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const HEARTBEAT = encoder.encode(': still here\n\n');
/** Tells browsers how long to wait before they reconnect. */
const RETRY = 'retry: 1000\n';

export class Broadcast {
  private readonly options: Required<Omit<BroadcastOptions, 'onWatched'>>;
  private readonly onWatched: (watched: boolean) => void;
  private readonly clients = new Set<Client>();
  private readonly ring: Kept[] = [];
  private readonly heartbeat: NodeJS.Timeout;
  private nextId: number;
  /** Whether it was closed, because the server stops. */
  isClosed = false;
  /** Number of clients that were disconnected because they were too slow. */
  dropped = 0;

  constructor({ onWatched = () => {}, ...options }: BroadcastOptions) {
    this.options = {
      kept: 120,
      backlogBytes: 1_000_000,
      heartbeatMs: 15_000,
      mostClients: 1000,
      ...options,
    };
    this.onWatched = onWatched;
    this.nextId = options.firstId;
    this.heartbeat = setInterval(() => this.sendAll(HEARTBEAT), this.options.heartbeatMs);
    this.heartbeat.unref();
  }

  get watchers(): number {
    return this.clients.size;
  }

  get isFull(): boolean {
    return this.clients.size >= this.options.mostClients;
  }

  /** Sends an event to all clients. */
  send(event: string, data: string): void {
    const id = this.nextId++;
    const bytes = encoded(event, id, data);
    this.ring.push({ id, bytes });
    if (this.ring.length > this.options.kept) this.ring.shift();
    this.sendAll(bytes);
  }

  /** Discards kept events: clients that reconnect get the whole state. */
  forget(): void {
    this.ring.length = 0;
    this.nextId++;
  }

  /**
   * Returns the stream of a client. A client that sends the id of its last event gets the events since; other
   * clients, and those that were disconnected for too long, get `first`.
   */
  watch(
    lastId: number | undefined,
    first: () => readonly { event: string; data: string }[],
  ): ReadableStream<Uint8Array> {
    let client: Client | undefined;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          client = { controller };
          controller.enqueue(encoder.encode(RETRY));
          const missed = this.since(lastId);
          if (missed !== undefined) for (const { bytes } of missed) controller.enqueue(bytes);
          else {
            const events = first();
            for (const [at, { event, data }] of events.entries()) {
              // Only the last of these events gets a number, that of the latest event sent.
              const id = at === events.length - 1 ? this.nextId - 1 : undefined;
              controller.enqueue(encoded(event, id, data));
            }
          }
          this.clients.add(client);
          if (this.clients.size === 1) this.onWatched(true);
        },
        cancel: () => {
          if (client !== undefined) this.leave(client);
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: this.options.backlogBytes }),
    );
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.heartbeat);
    for (const client of [...this.clients]) {
      this.leave(client);
      client.controller.close();
    }
  }

  private since(lastId: number | undefined): Kept[] | undefined {
    if (lastId === undefined) return undefined;
    if (lastId === this.nextId - 1) return [];
    const next = this.ring.findIndex(({ id }) => id === lastId + 1);
    return next < 0 ? undefined : this.ring.slice(next);
  }

  private sendAll(bytes: Uint8Array): void {
    for (const client of this.clients) {
      const room = client.controller.desiredSize ?? 0;
      if (room > 0) client.controller.enqueue(bytes);
      else this.drop(client);
    }
  }

  private drop(client: Client): void {
    this.dropped++;
    this.leave(client);
    client.controller.error(new Error('This client was too slow: it may reconnect.'));
  }

  private leave(client: Client): void {
    if (this.clients.delete(client) && this.clients.size === 0) this.onWatched(false);
  }
}

/** Returns the bytes of an event. An empty id resets the browser's last id, so it gets the whole state if cut off. */
function encoded(event: string, id: number | undefined, data: string): Uint8Array {
  return encoder.encode(`event: ${event}\nid: ${id ?? ''}\ndata: ${data}\n\n`);
}
