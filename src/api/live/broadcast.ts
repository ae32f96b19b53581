/**
 * One state for all who watch: told to each as a server-sent event, as fast as the slowest allows itself.
 *
 * The bytes of an event are made once and shared. Nobody's backlog grows: who has not taken what was sent
 * to them is dropped, and comes back with the id of the last event that arrived.
 */

export interface BroadcastOptions {
  /** Number of the first event; it must be above all that were sent before the server was restarted. */
  readonly firstId: number;
  /** Events that are kept for those who come back. */
  readonly kept?: number;
  /** Bytes that may wait for a client. */
  readonly backlogBytes?: number;
  readonly heartbeatMs?: number;
  readonly mostClients?: number;
  /** Told when the first comes and when the last has gone. */
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
/** How long a browser waits before it comes back. */
const RETRY = 'retry: 1000\n';

export class Broadcast {
  private readonly options: Required<Omit<BroadcastOptions, 'onWatched'>>;
  private readonly onWatched: (watched: boolean) => void;
  private readonly clients = new Set<Client>();
  private readonly ring: Kept[] = [];
  private readonly heartbeat: NodeJS.Timeout;
  private nextId: number;
  /** Whether it is over: the server stops. */
  isClosed = false;
  /** Clients that were too slow. */
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

  /** Sends an event to all. */
  send(event: string, data: string): void {
    const id = this.nextId++;
    const bytes = encoded(event, id, data);
    this.ring.push({ id, bytes });
    if (this.ring.length > this.options.kept) this.ring.shift();
    this.sendAll(bytes);
  }

  /** What was sent holds no more: who comes back begins anew. */
  forget(): void {
    this.ring.length = 0;
    this.nextId++;
  }

  /**
   * The stream of one who watches. Who names the last event that arrived gets those since; everyone else,
   * and who was away for too long, gets `first`.
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
              // The number of the last event, once all has arrived: what comes next has a higher one.
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
    client.controller.error(new Error('This client was too slow: it may come back.'));
  }

  private leave(client: Client): void {
    if (this.clients.delete(client) && this.clients.size === 0) this.onWatched(false);
  }
}

/** Without a number a browser forgets the one that it had, and begins anew if it is cut off. */
function encoded(event: string, id: number | undefined, data: string): Uint8Array {
  return encoder.encode(`event: ${event}\nid: ${id ?? ''}\ndata: ${data}\n\n`);
}
