/** Limits of requests: address, body, and rate of changes. */
import { bodyLimit } from 'hono/body-limit';
import type { MiddlewareHandler } from 'hono';
import { decodeText } from '../../domain/decoded-text.ts';
import { reasonOf } from '../../domain/errors.ts';
import { Problem } from '../problem.ts';
import { SIGN_IN } from './token.ts';
import { Bucket, type ChangeRate } from './bucket.ts';

const BODY_BYTES = 256 * 1024;
const ADDRESS_BYTES = 8 * 1024;
/** Maximum nesting of braces and brackets, since functions that process a body recurse for each level. */
const BODY_DEPTH = 32;

export const CHANGE_RATE: ChangeRate = { burst: 60, perSecond: 2 };

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Paths with the methods of changes that change nothing. */
const HARMLESS = /\/(validate|estimate|validate-connection)$/;

/** Whether a request is a change. Signing in has its own limit, so clients without a token can't use this one up. */
function isChange(method: string, path: string): boolean {
  return !SAFE.has(method) && !HARMLESS.test(path) && path !== SIGN_IN;
}

export const addressLimit: MiddlewareHandler = async (context, next) => {
  if (context.req.url.length > ADDRESS_BYTES) {
    throw new Problem(414, `The address is longer than ${ADDRESS_BYTES} characters.`);
  }
  await next();
};

export const sizeLimit: MiddlewareHandler = bodyLimit({
  maxSize: BODY_BYTES,
  onError: () => {
    throw new Problem(413, `The body is larger than ${BODY_BYTES} bytes.`);
  },
});

/** Requires JSON, which forms of other sites can't send. */
export const jsonOnly: MiddlewareHandler = async (context, next) => {
  if (!SAFE.has(context.req.method)) {
    const type = context.req.header('content-type');
    const hasBody =
      type !== undefined ||
      Number(context.req.header('content-length') ?? 0) > 0 ||
      context.req.header('transfer-encoding') !== undefined;
    if (hasBody && !/^application\/json\s*(;|$)/i.test(type ?? '')) {
      throw new Problem(415, 'Send the body with content-type: application/json.');
    }
  }
  await next();
};

/** Refuses bodies that are nested too deep for the stack, or that contain `__proto__`. */
export const shapeLimit: MiddlewareHandler = async (context, next) => {
  const { req } = context;
  if (!SAFE.has(req.method) && req.header('content-type') !== undefined) {
    // The body is read once; the route gets the same text.
    const text = bodyText(await req.arrayBuffer());
    req.bodyCache.text = Promise.resolve(text) as never;
    if (depthOf(text) > BODY_DEPTH) {
      throw new Problem(400, `The body is nested deeper than ${BODY_DEPTH} levels.`);
    }
    const field = prototypeIn(parsed(text));
    if (field !== undefined) {
      throw new Problem(400, `The request cannot be used: see ${field}.`, {
        errors: [{ field, detail: 'there is no such field' }],
      });
    }
  }
  await next();
};

/** Returns a body as text. @throws Problem 400 for bytes that are not UTF-8, with their position */
function bodyText(bytes: ArrayBuffer): string {
  try {
    return decodeText(new Uint8Array(bytes));
  } catch (error) {
    throw new Problem(400, `The body cannot be read: ${reasonOf(error)}.`, {
      errors: [{ field: 'body', detail: reasonOf(error) }],
    });
  }
}

/** Returns the nesting depth of a JSON text, which may be malformed. */
function depthOf(json: string): number {
  let [depth, most] = [0, 0];
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"?|[[{\]}]/gs)) {
    if (token === '{' || token === '[') most = Math.max(most, ++depth);
    else if (token === '}' || token === ']') depth--;
  }
  return most;
}

/** Returns the parsed text; undefined if it is not JSON, which the route reports. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Returns the path of a key `__proto__` in a value, if any. */
function prototypeIn(value: unknown, path = ''): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const here = path === '' ? key : `${path}.${key}`;
    const found = key === '__proto__' ? here : prototypeIn(part, here);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Allows a burst of changes and then a steady rate; refuses the rest with 429. */
export function changeLimit(rate: ChangeRate, wallMs: () => number): MiddlewareHandler {
  const changes = new Bucket(rate, wallMs);
  return async (context, next) => {
    if (isChange(context.req.method, context.req.path) && !changes.take()) {
      throw new Problem(429, 'Too many changes in too short a time: try again in a second.');
    }
    await next();
  };
}
