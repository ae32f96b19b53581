/** A route of the API: the seed of the world. */
import type { Recipe } from './recipe.ts';

export const ROUTE: Recipe = {
  title: 'An API route',
  places: [
    {
      file: 'src/api/shapes/seed.ts',
      edits: [
        {
          create: `/** The seed of the world, as the API tells it. */
import { z } from '@hono/zod-openapi';

export const SEED = z.object({ seed: z.int().openapi({ description: 'Null before there is a world.' }).nullable() });
`,
        },
      ],
      guard: { types: /routes\/seed\.ts.*'\.\.\/shapes\/seed\.ts'/ },
    },
    {
      file: 'src/api/routes/seed.ts',
      edits: [
        {
          create: `/** The seed of the world. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { addEndpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';
import { SEED } from '../shapes/seed.ts';

export function addSeedRoute(app: OpenAPIHono, { manifest }: Services): void {
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/seed',
      tag: 'data',
      summary: 'The seed of the world.',
      answer: SEED,
    },
    () => ({ seed: manifest()?.seed ?? null }),
  );
}
`,
        },
      ],
      guard: { types: /app\.ts.*'\.\/routes\/seed\.ts'/ },
    },
    {
      file: 'src/api/app.ts',
      edits: [
        {
          after: "import { addMetricsRoute } from './routes/metrics.ts';\n",
          insert: "import { addSeedRoute } from './routes/seed.ts';\n",
        },
        { after: '    addMetricsRoute,\n', insert: '    addSeedRoute,\n' },
      ],
      guard: {
        test: 'tests/tidy/exports.test.ts',
        name: 'of src/api/routes/seed.ts are all imported',
        says: 'addSeedRoute',
      },
      isAlone: true,
    },
    {
      file: 'docs/api.md',
      edits: [
        {
          before: '| `GET /api/facts/tables` |',
          insert: '| `GET /api/seed` | the seed of the world |\n',
        },
      ],
      guard: {
        test: 'tests/docs/api-routes.test.ts',
        name: 'docs/api.md names every route',
        says: '/api/seed',
      },
    },
    {
      file: 'tests/api/seed.test.ts',
      edits: [
        {
          create: `import { expect, it } from 'vitest';
import { testClient } from './client.ts';

it('tells the seed of the world, and none before there is one', async () => {
  const client = await testClient();
  const { status, body } = await client.ask('GET', '/api/seed');
  await client.close();
  expect([status, body]).toEqual([200, { seed: null }]);
});
`,
        },
      ],
      guard: {
        test: 'tests/docs/api-routes.test.ts',
        name: 'some test asks every route',
        says: '/api/seed',
      },
    },
  ],
};
