/**
 * The server behind a proxy: its base path, and the client's address.
 *
 * A proxy may remove the base path or pass it on; both work. Headers of a proxy are only used if the proxy is on
 * this machine, or if the user has enabled them, because any client could send them.
 */
import { isIP, isIPv6 } from 'node:net';
import { getPath } from 'hono/utils/url';
import { InputError } from '../domain/errors.ts';

export interface FrontOptions {
  /** Base path of the server, such as `/retail`. */
  readonly basePath?: string | undefined;
  /** Whether to use headers of a proxy on another machine. */
  readonly trustProxy?: boolean | undefined;
}

/** The socket of a request; absent in tests without one. */
export interface Peer {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

const PREFIX = /^(?:\/[\w~-][\w.~-]*)+$/;
const LONGEST = 200;
/** Paths of the server itself: a base path must not begin with one of them. */
const OWN = /^\/(?:api|assets|docs|health|metrics|version)(?:\/|$)/;

export class Front {
  private readonly basePath: string;
  private readonly trustProxy: boolean;

  /** @throws InputError for a malformed base path */
  constructor({ basePath = '', trustProxy = false }: FrontOptions = {}) {
    const trimmed = basePath.trim().replace(/\/+$/, '');
    const prefix = trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
    if (prefix !== '' && !isPrefix(prefix)) {
      throw new InputError(
        `--base-path is "${basePath}": expected a path such as /retail, of letters, digits and -._~, ` +
          "that does not begin with one of the server's own (/api, /assets, /docs, /health, /metrics, /version)",
      );
    }
    this.basePath = prefix;
    this.trustProxy = trustProxy;
  }

  /** Returns the base path of a request as the browser sees it: empty, or such as `/retail`. */
  prefixOf(request: Request, peer: Peer | undefined): string {
    return this.forwarded(request, peer) ?? this.basePath;
  }

  /** Returns the path within the server, after the base path, which the proxy may have removed. */
  pathOf(request: Request, peer: Peer | undefined): string {
    const path = getPath(request);
    for (const prefix of [this.forwarded(request, peer), this.basePath]) {
      if (prefix && path.startsWith(`${prefix}/`)) return path.slice(prefix.length);
    }
    return path;
  }

  /** Returns the redirect of a request for the base path itself; undefined for other requests. */
  redirectOf(request: Request, peer: Peer | undefined): string | undefined {
    const prefix = this.prefixOf(request, peer);
    return prefix !== '' && getPath(request) === prefix ? `${prefix}/` : undefined;
  }

  /** Returns the client's address; for IPv6 the network of one customer. */
  clientOf(request: Request, peer: Peer | undefined): string {
    const address = addressOf(peer);
    if (this.believes(address)) {
      // The nearest proxy wrote the last address; any client can write the ones before it.
      const said = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
      if (isIP(said) !== 0) return network(said);
    }
    return network(address);
  }

  private forwarded(request: Request, peer: Peer | undefined): string | undefined {
    const given = request.headers.get('x-forwarded-prefix');
    if (given === null || !this.believes(addressOf(peer))) return undefined;
    const prefix = given
      .split(',')
      .map((part) => part.trim().replace(/\/+$/, ''))
      .join('');
    return prefix === '' || isPrefix(prefix) ? prefix : undefined;
  }

  private believes(address: string): boolean {
    return this.trustProxy || /^(?:::ffff:)?127\.|^::1$/.test(address);
  }
}

function isPrefix(text: string): boolean {
  return text.length <= LONGEST && PREFIX.test(text) && !OWN.test(text);
}

function addressOf(peer: Peer | undefined): string {
  return peer?.incoming?.socket?.remoteAddress ?? '';
}

function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head, tail] = plain.split('%')[0].split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const [before, after] = [groups(head), groups(tail)];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...new Array<string>(zeros).fill('0'), ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
