/** The route of metrics for Prometheus. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { problemAnswers } from '../endpoint.ts';
import { Metrics } from '../metrics.ts';
import type { Services } from '../services.ts';

export function addMetricsRoute(app: OpenAPIHono, services: Services): void {
  const metrics = new Metrics(services);
  const route = createRoute({
    method: 'get',
    path: '/metrics',
    tags: ['server'],
    summary: 'Metrics for Prometheus.',
    responses: {
      200: {
        description: 'Text in the format of Prometheus.',
        content: { 'text/plain': { schema: z.string() } },
      },
      ...problemAnswers('get'),
    },
  });
  app.openapi(route, (async () => {
    const { text, contentType } = await metrics.text();
    return new Response(text, { headers: { 'content-type': contentType } });
  }) as never);
}
