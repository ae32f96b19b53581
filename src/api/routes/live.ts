/** Routes of the live view. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { addEndpoint, problemAnswers } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { text, wholeNumber } from '../values.ts';
import { NETWORK, STATE, STORE_DETAIL, TRUCK_DETAIL } from '../shapes/live.ts';

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
      'A client that reconnects with Last-Event-ID gets the events since. A client that is too slow is disconnected.',
    request: {
      headers: z.object({
        'last-event-id': text(64)
          .optional()
          .openapi({ description: 'The last id received.', example: '42' }),
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
  addDetails(app, live);
  app.openapi(route, ((context: Context) => {
    // The last states of the ending jobs must not look like the present state.
    if (live.broadcast.isClosed) throw new Problem(503, 'The server is stopping.');
    if (live.broadcast.isFull) throw new Problem(503, 'Too many clients: try again later.');
    const given = context.req.header('last-event-id');
    const lastId = given !== undefined && /^\d{1,16}$/.test(given) ? Number(given) : undefined;
    // A HEAD request must not open a stream that never ends.
    const body = context.req.method === 'HEAD' ? null : live.watch(lastId);
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      },
    });
  }) as never);
}

function addDetails(app: OpenAPIHono, live: Services['live']): void {
  const id = z.object({ id: wholeNumber(1, 1_000_000).openapi({ example: 1 }) });
  const description = 'The history is recorded only while the live view has clients.';
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/live/store/{id}',
      tag: 'live',
      summary: 'A store: its master data, its present state, and its last hundred samples.',
      description,
      params: id,
      answer: STORE_DETAIL,
    },
    ({ params }) => {
      const store = live.currentNetwork.stores.find((one) => one.id === params.id);
      if (store === undefined) throw new Problem(404, 'There is no store with this number.');
      const now = live.stores.find(([id]) => id === store.id) ?? null;
      return { store, now, samples: [...live.history.store(store.id)] };
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/live/truck/{id}',
      tag: 'live',
      summary: 'A truck: its master data, its present state, and its last legs.',
      description,
      params: id,
      answer: TRUCK_DETAIL,
    },
    ({ params }) => {
      const truck = live.currentNetwork.trucks.find((one) => one.id === params.id);
      if (truck === undefined) throw new Problem(404, 'There is no truck with this number.');
      const now = live.trucks.find(([id]) => id === truck.id) ?? null;
      const legs = live.history.truck(truck.id);
      return { truck, now, legs: legs.map((leg) => ({ ...leg })) };
    },
  );
}
