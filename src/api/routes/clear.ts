/** Routes that remove the world, with three confirmations. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { Challenges } from '../challenges.ts';
import { addEndpoint } from '../endpoint.ts';
import { operationOf } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { text } from '../values.ts';
import { CLEAR_CHALLENGE } from '../shapes/clear.ts';
import { OPERATION } from '../shapes/operation.ts';

const TAG = 'generation';

export function addClearRoutes(app: OpenAPIHono, { settings, engine, nowMs }: Services): void {
  const challenges = new Challenges(nowMs);
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/generation/clear/challenge',
      tag: TAG,
      summary:
        'The first step of removing the world: the files that would be removed, and the confirmations.',
      answer: CLEAR_CHALLENGE,
    },
    () => challenges.make(settings.paths),
  );
  addEndpoint(
    app,
    {
      method: 'delete',
      path: '/api/generation/clear',
      tag: TAG,
      summary: 'Removes the world. A task.',
      description:
        'Needs the challenge of POST /api/generation/clear/challenge, its phrase, and its number of files.',
      body: z
        .strictObject({ challenge: text(200), phrase: text(200), files: z.int().min(0) })
        .openapi({
          example: { challenge: 'mKq0vX3nT1bYw8Zr5uHj2A4e', phrase: 'clear data', files: 312 },
        }),
      bodyOptional: true,
      answer: OPERATION,
      problems: [428],
    },
    ({ body }) => {
      const { runningTask } = engine;
      if (runningTask !== undefined) {
        throw new Problem(409, 'The world cannot be removed while a task runs.', {
          taskId: runningTask.id,
        });
      }
      challenges.require(body, settings.paths);
      const task = engine.start(
        { kind: 'clear', settings: settings.data, scenarios: [] },
        'Removing the world',
      );
      return operationOf(task, 'The world is being removed.');
    },
  );
}
