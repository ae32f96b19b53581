/** A reverse proxy on this machine that shows a server below a path, as nginx or Traefik would. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReverseProxyOptions {
  /** Port of the server behind it. */
  readonly port: number;
  /** Path below which it is shown, such as `/retail`. */
  readonly prefix: string;
  /** Whether the path is cut off on the way to the server. */
  readonly strips: boolean;
  /** Whether it says in X-Forwarded-Prefix what it has cut off. */
  readonly tells?: boolean;
}

export interface ReverseProxy {
  /** Without the path. */
  readonly origin: string;
  close(): Promise<void>;
}

export async function reverseProxy(options: ReverseProxyOptions): Promise<ReverseProxy> {
  const server = createServer((asked, answer) => pass(asked, answer, options));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pass(
  asked: IncomingMessage,
  answer: ServerResponse,
  { port, prefix, strips, tells = false }: ReverseProxyOptions,
): void {
  const url = asked.url ?? '/';
  if (url !== prefix && !url.startsWith(`${prefix}/`) && !url.startsWith(`${prefix}?`)) {
    // Another program's: whoever asks here has left the path.
    answer.writeHead(418).end();
    return;
  }
  const headers = { ...asked.headers, ...(tells && { 'x-forwarded-prefix': prefix }) };
  const rest = url.slice(prefix.length);
  const path = strips ? (rest.startsWith('/') ? rest : `/${rest}`) : url;
  const onward = request({ port, host: '127.0.0.1', path, method: asked.method, headers });
  onward.on('response', (given) => {
    answer.writeHead(given.statusCode ?? 502, given.headers);
    answer.flushHeaders();
    given.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  asked.pipe(onward);
}
