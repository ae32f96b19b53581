/** One route, whose schemas serve as validation, types and documentation. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isOpen } from './guard/token.ts';
import { Problem, PROBLEM, PROBLEM_TYPE } from './problem.ts';

type Schema = z.ZodType;
type Given<S> = S extends Schema ? z.output<S> : undefined;

/** The validated request of a handler. */
export interface Asked<Params, Query, Body> {
  readonly params: Given<Params>;
  readonly query: Given<Query>;
  readonly body: Given<Body>;
  readonly context: Context;
}

export interface Endpoint<
  Params extends Schema | undefined,
  Query extends Schema | undefined,
  Body extends Schema | undefined,
  Answer extends Schema,
> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Whether the body may be left out; it is then `{}`. */
  readonly bodyOptional?: boolean;
  readonly answer: Answer;
  readonly status?: ContentfulStatusCode;
  /** Statuses in addition to those that every route may have. */
  readonly problems?: readonly number[];
}

/** Statuses of every route. */
const COMMON = [400, 401, 403, 404, 414, 429, 500] as const;
const OF_CHANGES = [409, 413, 415] as const;

const WORDS: Readonly<Record<number, string>> = {
  400: 'The request cannot be used; `errors` names the fields.',
  401: 'The token is missing or wrong.',
  403: 'The Host or Origin does not belong to this server.',
  404: 'Not found.',
  409: 'It conflicts with a task under way; `task_id` names the task.',
  413: 'The body is too large.',
  414: 'The address is too long.',
  415: 'The body must be JSON.',
  428: 'The confirmations are missing or do not match.',
  429: 'Too many changes, or wrong tokens, in too short a time; `Retry-After` says when to try again.',
  500: 'An unexpected error.',
  503: 'Not possible now.',
  507: 'The data could not be written to the disk.',
};

/** Returns the problem answers of a route, for its documentation. */
export function problemAnswers(method: string, extra: readonly number[] = []) {
  const statuses = new Set<number>([...COMMON, ...(method === 'get' ? [] : OF_CHANGES), ...extra]);
  return Object.fromEntries(
    [...statuses].map((status) => [
      status,
      {
        description: WORDS[status] ?? 'A problem.',
        content: { [PROBLEM_TYPE]: { schema: PROBLEM } },
      },
    ]),
  );
}

/** Treats an empty body as missing, whatever its content type. */
function emptyBody(optional: boolean): MiddlewareHandler {
  return async ({ req }, next) => {
    // The validation of an optional body already handles a missing content type.
    const isLookedAt = !optional || req.header('content-type') !== undefined;
    if (isLookedAt && (await req.text()) === '') {
      if (!optional) {
        throw new Problem(400, 'The request needs a body.', {
          errors: [{ field: 'body', detail: 'expected an object of JSON' }],
        });
      }
      req.bodyCache.text = Promise.resolve('{}') as never;
    }
    await next();
  };
}

/** Adds a route that answers with JSON. */
export function addEndpoint<
  Answer extends Schema,
  Params extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
>(
  app: OpenAPIHono,
  endpoint: Endpoint<Params, Query, Body, Answer>,
  handle: (asked: Asked<Params, Query, Body>) => z.input<Answer> | Promise<z.input<Answer>>,
): void {
  const { method, path, tag, summary, description, params, query, body, answer } = endpoint;
  const { status = 200, problems, bodyOptional = false } = endpoint;
  // Unknown parameters are refused: a misspelt one would be ignored, and a change would do something unintended.
  const parameters =
    query instanceof z.ZodObject ? query.strict() : method === 'get' ? query : z.strictObject({});
  const route = createRoute({
    method,
    path,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(isOpen(path) && { security: [] }),
    ...(body && { middleware: emptyBody(bodyOptional) }),
    request: {
      ...(params && { params: params as never }),
      ...(parameters && { query: parameters as never }),
      ...(body && {
        body: { required: !bodyOptional, content: { 'application/json': { schema: body } } },
      }),
    },
    responses: {
      [status]: { description: 'Done.', content: { 'application/json': { schema: answer } } },
      ...problemAnswers(method, problems),
    },
  });
  const valid = (context: Context, target: 'param' | 'query' | 'json') =>
    context.req.valid(target as never) as unknown;
  app.openapi(
    route as never,
    (async (context: Context) => {
      const asked = {
        params: params && valid(context, 'param'),
        query: query && valid(context, 'query'),
        body: body && valid(context, 'json'),
        context,
      } as Asked<Params, Query, Body>;
      return context.json((await handle(asked)) as never, status);
    }) as never,
  );
}
