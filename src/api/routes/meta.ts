/** Routes about the server: version, health, sessions. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { setCookie } from 'hono/cookie';
import { formatInstant } from '../../engine/time.ts';
import { addEndpoint } from '../endpoint.ts';
import { isToken, SESSION_COOKIE, SIGN_IN } from '../guard/token.ts';
import type { Services } from '../services.ts';
import { text } from '../values.ts';
import { VERSION } from '../version.ts';

const NAME = 'synthetic-retail';

const HEALTH = z.object({
  status: z.enum(['healthy', 'busy']),
  timestamp: z.string(),
  version: z.string(),
  uptime_seconds: z.number(),
  checks: z.object({
    engine: z.object({ status: z.enum(['idle', 'running']), task_id: z.string().nullable() }),
    live: z.object({ watchers: z.int(), dropped: z.int() }),
  }),
});

export function addMetaRoutes(app: OpenAPIHono, services: Services): void {
  const { tasks, live, token, sessions, guesses, front, nowMs, startedMs } = services;
  const now = () => formatInstant(nowMs());
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api',
      tag: 'server',
      summary: 'The addresses of the page, the documentation and the API.',
      answer: z.object({
        name: z.string(),
        message: z.string(),
        version: z.string(),
        docs_url: z.string(),
        openapi: z.string(),
        live: z.string(),
        health_url: z.string(),
        metrics: z.string(),
        timestamp: z.string(),
      }),
    },
    ({ context }) => {
      const prefix = front.prefixOf(context.req.raw, context.env);
      return {
        name: NAME,
        message: 'The control API of a simulated retail network.',
        version: VERSION,
        docs_url: `${prefix}/docs`,
        openapi: `${prefix}/openapi.json`,
        live: `${prefix}/api/live`,
        health_url: `${prefix}/health`,
        metrics: `${prefix}/metrics`,
        timestamp: now(),
      };
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/health',
      tag: 'server',
      summary: 'Whether the server is running. It answers at once, also while a simulation runs.',
      answer: HEALTH,
    },
    () => {
      const running = tasks.running;
      const { watchers, dropped } = live.broadcast;
      return {
        status: 'healthy' as const,
        timestamp: now(),
        version: VERSION,
        uptime_seconds: (nowMs() - startedMs) / 1000,
        checks: {
          engine: {
            status: running === undefined ? ('idle' as const) : ('running' as const),
            task_id: running?.id ?? null,
          },
          live: { watchers, dropped },
        },
      };
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/version',
      tag: 'server',
      summary: 'The version of this program.',
      answer: z.object({
        name: z.string(),
        version: z.string(),
        runtime: z.string(),
        timestamp: z.string(),
      }),
    },
    () => ({ name: NAME, version: VERSION, runtime: runtime(), timestamp: now() }),
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: SIGN_IN,
      tag: 'server',
      summary: 'Opens a session with the token and sets its cookie, for browsers.',
      body: z
        .strictObject({ token: text(4096) })
        .openapi({ example: { token: 'the value of SIM_API_TOKEN' } }),
      answer: z.object({ signed_in: z.literal(true), token_needed: z.boolean() }),
    },
    ({ body, context }) => {
      if (token !== undefined) {
        if (!isToken(token, body.token)) {
          guesses.refuse(
            front.clientOf(context.req.raw, context.env),
            'This is not the token of this server.',
          );
        }
        setCookie(context, SESSION_COOKIE, sessions.open(), {
          httpOnly: true,
          sameSite: 'Strict',
          path: `${front.prefixOf(context.req.raw, context.env)}/`,
        });
      }
      return { signed_in: true as const, token_needed: token !== undefined };
    },
  );
}

function runtime(): string {
  const { deno, node } = process.versions;
  return deno === undefined ? `Node ${node}` : `Deno ${deno}`;
}
