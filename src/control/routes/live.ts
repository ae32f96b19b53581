/** The live stream. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { problemAnswers } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { NETWORK, STATE } from '../live/state.ts';

export function addLiveRoutes(app: OpenAPIHono, { live }: Services): void {
  app.openAPIRegistry.register('Network', NETWORK);
  app.openAPIRegistry.register('LiveState', STATE);
  const route = createRoute({
    method: 'get',
    path: '/api/live',
    tags: ['live'],
    summary:
      'Server-sent events: `network` (schema Network) first, then `state` (schema LiveState).',
    description:
      'At most two states a second, and only when something has changed; a comment every 15 seconds. ' +
      'Who comes back with Last-Event-ID gets what was missed. Who does not take what is sent is dropped.',
    request: {
      headers: z.object({
        'last-event-id': z
          .string()
          .max(64)
          .optional()
          .openapi({ description: 'The last id seen.' }),
      }),
    },
    responses: {
      200: {
        description: 'A stream that does not end.',
        content: { 'text/event-stream': { schema: z.string() } },
      },
      ...problemAnswers('get', [503]),
    },
  });
  app.openapi(route, ((context: { req: { header(name: string): string | undefined } }) => {
    if (live.broadcast.isFull) throw new Problem(503, 'Too many watch already: try again later.');
    const given = context.req.header('last-event-id');
    const lastId = given !== undefined && /^\d{1,16}$/.test(given) ? Number(given) : undefined;
    return new Response(live.watch(lastId), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      },
    });
  }) as never);
}
