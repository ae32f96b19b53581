/**
 * What stands before the server: the path below which a proxy shows it, and who asks through the proxy.
 *
 * A proxy may cut the path off or pass it on; both work. What it says in headers is believed only if it is on
 * this machine, or if whoever starts the server says that there is one: anybody else could say anything.
 */
import { isIP, isIPv6 } from 'node:net';
import { getPath } from 'hono/utils/url';
import { InputError } from '../domain/errors.ts';

export interface FrontOptions {
  /** Path below which the server is reached, such as `/retail`. */
  readonly basePath?: string | undefined;
  /** Whether headers of a proxy on another machine are believed. */
  readonly trustProxy?: boolean | undefined;
}

/** What the socket of a request tells; absent where a test asks without one. */
export interface Peer {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

const PREFIX = /^(?:\/[\w~-][\w.~-]*)+$/;
const LONGEST = 200;
/** What the server has at its own root: a prefix that begins so could not be told from it. */
const OWN = /^\/(?:api|assets|docs|health|metrics|version)(?:\/|$)/;

export class Front {
  private readonly basePath: string;
  private readonly trustProxy: boolean;

  /** @throws InputError for a path that is none */
  constructor({ basePath = '', trustProxy = false }: FrontOptions = {}) {
    const trimmed = basePath.trim().replace(/\/+$/, '');
    const prefix = trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
    if (prefix !== '' && !isPrefix(prefix)) {
      throw new InputError(
        `--base-path is "${basePath}": expected a path such as /retail, of letters, digits and -._~, ` +
          'that does not begin as one of the server itself (/api, /assets, /docs, /health, /metrics, /version)',
      );
    }
    this.basePath = prefix;
    this.trustProxy = trustProxy;
  }

  /** The path below which the request came, as a browser sees it: empty, or such as `/retail`. */
  prefixOf(request: Request, peer: Peer | undefined): string {
    return this.forwarded(request, peer) ?? this.basePath;
  }

  /** The path within the server: what follows the prefix, whether the proxy has cut that off or not. */
  pathOf(request: Request, peer: Peer | undefined): string {
    const path = getPath(request);
    for (const prefix of [this.forwarded(request, peer), this.basePath]) {
      if (prefix && path.startsWith(`${prefix}/`)) return path.slice(prefix.length);
    }
    return path;
  }

  /** Where a request for the prefix itself should go; undefined for any other. */
  redirectOf(request: Request, peer: Peer | undefined): string | undefined {
    const prefix = this.prefixOf(request, peer);
    return prefix !== '' && getPath(request) === prefix ? `${prefix}/` : undefined;
  }

  /** Who asks: an address, of IPv6 the network that one customer has. */
  clientOf(request: Request, peer: Peer | undefined): string {
    const address = addressOf(peer);
    if (this.believes(address)) {
      // The last is what the nearest proxy saw; those before it anybody can write.
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
