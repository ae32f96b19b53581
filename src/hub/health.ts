/** Serves `GET /health` like the official emulator. */
import { createServer, type Server } from 'node:http';
import { InputError } from '../domain/errors.ts';
import type { HubStats } from './stats.ts';

export interface Health {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Answers `GET /health` and `GET /stats` on `port`; 0 chooses a free one. Throws InputError if it can't be
 * opened.
 * @param stats returns what the hub has done so far
 */
export async function serveHealth(
  host: string,
  port: number,
  stats: () => HubStats,
): Promise<Health> {
  const server = createServer((request, response) => {
    const answer = request.method === 'GET' ? answerTo(request.url ?? '', stats) : undefined;
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { status: 'not found' }));
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

function answerTo(url: string, stats: () => HubStats): object | undefined {
  const [path] = url.split('?');
  if (/^\/stats\/?$/.test(path)) return stats();
  if (!/^\/health\/?$/.test(path)) return undefined;
  const { lostEvents } = stats();
  // The same answer as the official emulator's, unless events were lost.
  return lostEvents === 0 ? { status: 'healthy' } : { status: 'healthy', lostEvents };
}
