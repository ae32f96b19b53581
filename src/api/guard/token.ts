/** The token that is required if other machines can reach the server. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { InputError } from '../../domain/errors.ts';
import { Secret } from '../../domain/secret.ts';
import { Problem } from '../problem.ts';
import type { Guesses } from './guesses.ts';
import { isLoopback } from './origin.ts';

const TOKEN_VARIABLE = 'SIM_API_TOKEN';
export const SESSION_COOKIE = 'sim_session';
const SHORTEST = 16;
const MOST_SESSIONS = 1000;

/** Paths without data of the world: the page, the documentation and the health check. */
const OPEN = /^\/(?!api(\/|$)|metrics(\/|$))/;
export const SIGN_IN = '/api/session';

/** Whether a path is open to clients without a token. */
export function isOpen(path: string): boolean {
  return OPEN.test(path) || path === SIGN_IN;
}

/**
 * Returns the token from the environment.
 * @throws InputError if the address requires a token and it is missing or too short
 */
export function tokenFor(host: string, text: string | undefined): Secret | undefined {
  const given = text?.trim() ?? '';
  if (given === '') {
    if (isLoopback(host)) return undefined;
    throw new InputError(
      `Cannot serve on ${host} without a token, because other machines can reach it: set ${TOKEN_VARIABLE} ` +
        `to a text of at least ${SHORTEST} characters, or leave out --host to serve only this machine.`,
    );
  }
  if (given.length < SHORTEST) {
    throw new InputError(
      `${TOKEN_VARIABLE} has ${given.length} characters: expected at least ${SHORTEST}`,
    );
  }
  return new Secret(given);
}

/** Sessions of browsers, which can't send the token with an event stream: they sign in once and get a cookie. */
export class Sessions {
  private readonly ids = new Set<string>();

  open(): string {
    const id = randomBytes(24).toString('base64url');
    this.ids.add(id);
    const [oldest] = this.ids;
    if (this.ids.size > MOST_SESSIONS) this.ids.delete(oldest);
    return id;
  }

  has(id: string | undefined): boolean {
    return id !== undefined && this.ids.has(id);
  }
}

export function isToken(secret: Secret, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(secret.reveal()), digest(given));
}

/** Tells a client how to send the token. */
const NEEDS_TOKEN =
  `This server needs a token: send the value of ${TOKEN_VARIABLE} in a header, ` +
  'as "authorization: Bearer …", or sign in with POST /api/session.';

/** The parts that check tokens and count wrong ones. */
export interface Gate {
  readonly secret: Secret | undefined;
  readonly sessions: Sessions;
  readonly guesses: Guesses;
  readonly clientOf: (context: Context) => string;
}

/** Accepts requests with the token or a session; all requests if there is no token. */
export function bearer({ secret, sessions, guesses, clientOf }: Gate): MiddlewareHandler {
  return async (context, next) => {
    const { path } = context.req;
    if (secret !== undefined && !isOpen(path)) {
      const header = context.req.header('authorization');
      const given = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
      const known = given !== undefined && isToken(secret, given);
      if (!known && !sessions.has(getCookie(context, SESSION_COOKIE))) {
        // A request without a token is not a guess: a page sends many before it has signed in.
        if (header === undefined) throw new Problem(401, NEEDS_TOKEN);
        guesses.refuse(clientOf(context), `This is not the token of this server. ${NEEDS_TOKEN}`);
      }
    }
    await next();
  };
}
