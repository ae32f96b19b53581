/** A TCP port: a given one or a free one, and the same one again after an outage. */
import { createServer, type Server, type Socket } from 'node:net';
import { InputError } from '../domain/errors.ts';

/** How long and how often to try to reopen a port that was closed. */
const REOPEN_MS = 10_000;
const REOPEN_EVERY_MS = 25;

export class Listener {
  private readonly host: string;
  private readonly onSocket: (socket: Socket) => void;
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  port = 0;

  constructor(host: string, onSocket: (socket: Socket) => void) {
    this.host = host;
    this.onSocket = onSocket;
  }

  /**
   * Opens the port; 0 chooses a free one. Throws the system's error, e.g. EADDRINUSE.
   */
  async open(port: number): Promise<void> {
    const server = createServer((socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      // Without an error listener the process would end; `close` follows and cleans up.
      socket.on('error', () => {});
      this.onSocket(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host: this.host }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : port;
    this.server = server;
  }

  /** Opens the same port again, waiting if another program has taken it. */
  async reopen(): Promise<void> {
    for (let leftMs = REOPEN_MS; ; leftMs -= REOPEN_EVERY_MS) {
      try {
        return await this.open(this.port);
      } catch (error) {
        if (!isPortTaken(error) || leftMs <= 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, REOPEN_EVERY_MS));
      }
    }
  }

  /** Cuts every connection and closes the port. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => {
      if (server === undefined) resolve();
      else server.close(() => resolve());
    });
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
}

/** Opens `port`; if undefined, `preferred`, or a free one if that is taken. Throws InputError. */
export async function openPort(
  listener: Listener,
  port: number | undefined,
  preferred: number,
): Promise<void> {
  try {
    await listener.open(port ?? preferred);
  } catch (error) {
    if (!isPortTaken(error)) throw portFault(port ?? preferred, error);
    if (port === undefined) return await listener.open(0);
    throw new InputError(
      `Cannot listen on port ${port}: another program uses it, expected a port that nobody uses; ` +
        'end that program, name another port, or 0 for a free one',
    );
  }
}

function portFault(port: number, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError(
    `Cannot listen on port ${port}: ${reason}, expected a port that this user may open; ` +
      'name another port, or 0 for a free one',
  );
}
