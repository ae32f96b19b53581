/** `GET /health`, as the official emulator answers it. */
import { createServer, type Server } from 'node:http';
import { InputError } from '../domain/errors.ts';

export interface Health {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers health checks on `port`; 0 is a free one. Throws InputError if it can't be opened. */
export async function serveHealth(host: string, port: number): Promise<Health> {
  const server = createServer((request, response) => {
    const healthy = request.method === 'GET' && /^\/health\/?(?:\?|$)/.test(request.url ?? '');
    response.writeHead(healthy ? 200 : 404, { 'content-type': 'application/json' });
    response.end(healthy ? '{"status":"healthy"}' : '{"status":"not found"}');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new InputError(
          `Cannot answer health checks on port ${port}: ${error.message}, expected a free port; ` +
            'name another one, or 0 for any',
        ),
      );
    });
    server.listen({ host, port }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => closeServer(server),
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
