/**
 * Accepts requests of programs and of pages of this server, not of pages of other sites.
 *
 * The Host is checked against DNS rebinding: a foreign name that resolves to this machine is refused.
 * The Origin is checked, so that a page of another site can't send requests.
 */
import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { Problem } from '../problem.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * @param host the address that the server is bound to
 * @param names other host names of the server
 */
export function hostAndOrigin(host: string, names: readonly string[] = []): MiddlewareHandler {
  const local = isLoopback(host);
  const known = new Set(names.map((name) => name.toLowerCase()));
  return async (context, next) => {
    const given = context.req.header('host');
    const name = hostName(given);
    if (
      name === undefined ||
      !(isLoopback(name) || known.has(name) || (!local && isKnown(name, host)))
    ) {
      throw new Problem(
        403,
        'The Host of the request does not belong to this server: use localhost.',
        {
          errors: [
            {
              field: 'Host',
              detail: `expected localhost, ${host}, or a name given with --allow-host`,
            },
          ],
        },
      );
    }
    const origin = context.req.header('origin');
    const foreign =
      origin !== undefined && origin !== `http://${given}` && origin !== `https://${given}`;
    const site = context.req.header('sec-fetch-site');
    const navigates =
      context.req.header('sec-fetch-mode') === 'navigate' && context.req.method === 'GET';
    if (foreign || (site === 'cross-site' && !navigates)) {
      throw new Problem(403, 'Pages of other sites may not use this server.', {
        errors: [{ field: 'Origin', detail: 'expected the address of this server, or none' }],
      });
    }
    await next();
  };
}

/** Whether a name is safe: IP addresses can't be rebound, and the user chose the name of `--host`. */
function isKnown(name: string, host: string): boolean {
  return name === host || isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

function hostName(given: string | undefined): string | undefined {
  const match = /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.exec(given ?? '');
  return match?.[1].toLowerCase();
}
