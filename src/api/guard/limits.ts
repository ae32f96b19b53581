/** How much a request may bring: address, body, and how often one may change something. */
import { bodyLimit } from 'hono/body-limit';
import type { MiddlewareHandler } from 'hono';
import { decodeText } from '../../domain/decoded-text.ts';
import { reasonOf } from '../../domain/errors.ts';
import { Problem } from '../problem.ts';
import { SIGN_IN } from './token.ts';
import { Bucket, type ChangeRate } from './bucket.ts';

const BODY_BYTES = 256 * 1024;
const ADDRESS_BYTES = 8 * 1024;
/** Levels of braces and brackets; what walks over a body calls itself for each. */
const BODY_DEPTH = 32;

export const CHANGE_RATE: ChangeRate = { burst: 60, perSecond: 2 };

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** They look like changes and are none. */
const HARMLESS = /\/(validate|estimate|validate-connection)$/;

/** Signing in has a measure of its own: who has no token must not use up the changes of who has it. */
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

/** A form of another site can send anything but JSON. */
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

/** A body within the size can be nested so deep that no stack holds it, or reach for what objects are made of. */
export const shapeLimit: MiddlewareHandler = async (context, next) => {
  const { req } = context;
  if (!SAFE.has(req.method) && req.header('content-type') !== undefined) {
    // Read once: the route gets the same text.
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

/** @throws Problem 400 for bytes that are no text, saying where */
function bodyText(bytes: ArrayBuffer): string {
  try {
    return decodeText(new Uint8Array(bytes));
  } catch (error) {
    throw new Problem(400, `The body cannot be read: ${reasonOf(error)}.`, {
      errors: [{ field: 'body', detail: reasonOf(error) }],
    });
  }
}

/** How deep a JSON text is nested, whether it is whole or not. */
function depthOf(json: string): number {
  let [depth, most] = [0, 0];
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"?|[[{\]}]/gs)) {
    if (token === '{' || token === '[') most = Math.max(most, ++depth);
    else if (token === '}' || token === ']') depth--;
  }
  return most;
}

/** What is no JSON is none of this module's business. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Where a value has a key that an assignment would take for its prototype. */
function prototypeIn(value: unknown, path = ''): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const here = path === '' ? key : `${path}.${key}`;
    const found = key === '__proto__' ? here : prototypeIn(part, here);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lets changes pass at a steady rate after a first burst; the rest is told to come back. */
export function changeLimit(rate: ChangeRate, wallMs: () => number): MiddlewareHandler {
  const changes = new Bucket(rate, wallMs);
  return async (context, next) => {
    if (isChange(context.req.method, context.req.path) && !changes.take()) {
      throw new Problem(429, 'Too many changes in too short a time: try again in a second.');
    }
    await next();
  };
}
