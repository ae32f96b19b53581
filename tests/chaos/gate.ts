/** The way to the hub, which can be closed (nobody answers), and frozen (everything is taken, nothing is done). */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const REOPEN_EVERY_MS = 20;
const REOPEN_TRIES = 500;

/** A client, the hub's side of it, and what each has said while the gate was frozen. */
interface Pair {
  readonly client: Socket;
  readonly hub: Socket;
  readonly held: (() => void)[];
}

export class Gate {
  port = 0;
  private readonly hubPort: number;
  private readonly pairs = new Set<Pair>();
  private server: Server | undefined;
  private frozen = false;

  private constructor(hubPort: number) {
    this.hubPort = hubPort;
  }

  static async open(hubPort: number): Promise<Gate> {
    const gate = new Gate(hubPort);
    await gate.listen();
    return gate;
  }

  /** Whether what is said gets through. */
  get isOpen(): boolean {
    return this.server !== undefined && !this.frozen;
  }

  /** Cuts all connections, and refuses new ones. */
  async down(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.cut();
    await new Promise<void>((resolve) => {
      if (server === undefined) resolve();
      else server.close(() => resolve());
    });
  }

  /** Ends whatever keeps the hub from being reached. */
  async up(): Promise<void> {
    this.thaw(true);
    if (this.server === undefined) await this.listen();
  }

  /** From now on everything is taken and nothing is passed on. */
  freeze(): void {
    this.frozen = true;
  }

  /** Goes on. @param keep whether what came meanwhile gets through; otherwise it is lost, and every connection */
  thaw(keep: boolean): void {
    if (!this.frozen) return;
    this.frozen = false;
    if (!keep) this.cut();
    for (const { held } of this.pairs) for (const act of held.splice(0)) act();
  }

  async close(): Promise<void> {
    await this.down();
  }

  private cut(): void {
    for (const { client, hub, held } of this.pairs) {
      held.length = 0;
      client.destroy();
      hub.destroy();
    }
    this.pairs.clear();
  }

  private async listen(): Promise<void> {
    for (let left = REOPEN_TRIES; ; left--) {
      try {
        return await this.tryListen();
      } catch (error) {
        if (left === 0) throw error;
        await sleep(REOPEN_EVERY_MS);
      }
    }
  }

  private async tryListen(): Promise<void> {
    const server = createServer((client) => this.join(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port: this.port, host: '127.0.0.1' }, () => resolve());
    });
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
    this.server = server;
  }

  private join(client: Socket): void {
    const pair: Pair = { client, hub: connect(this.hubPort, '127.0.0.1'), held: [] };
    this.pairs.add(pair);
    const when = (act: () => void) => {
      if (this.frozen) pair.held.push(act);
      else act();
    };
    const lead = (from: Socket, to: Socket) => {
      // What a process that ends abruptly leaves behind is no fault of ours.
      from.on('error', () => {});
      from.on('data', (bytes) => when(() => void to.write(bytes)));
      from.on('close', () =>
        when(() => {
          to.end();
          this.pairs.delete(pair);
        }),
      );
    };
    lead(client, pair.hub);
    lead(pair.hub, client);
  }
}
