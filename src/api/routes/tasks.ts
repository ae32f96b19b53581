/** Routes of tasks: list them, show their progress, cancel them, and continue one that a crash interrupted. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { addEndpoint } from '../endpoint.ts';
import type { Job } from '../engine/messages.ts';
import { operationOf } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { text } from '../values.ts';
import { ACTIVE_TASKS } from '../shapes/generation.ts';
import { OPERATION } from '../shapes/operation.ts';
import { TASK } from '../shapes/task.ts';

const TAG = 'generation';
const MOST_RECENT = 20;

export function addTaskRoutes(app: OpenAPIHono, services: Services): void {
  const { engine, tasks, kept, settings } = services;
  const params = z.object({
    operation_id: text(100).openapi({ example: 'historical_3f9a2c1d' }),
  });
  addEndpoint(
    app,
    {
      method: 'delete',
      path: '/api/generate/cancel/{operation_id}',
      tag: TAG,
      summary: 'Stops a task at the next consistent instant.',
      description: 'An interrupted task is left as it is, and no longer offered to be continued.',
      params,
      answer: OPERATION,
    },
    ({ params: { operation_id: id } }) => {
      const task = tasks.find(id);
      if (task === undefined && kept.leave(id)) {
        return operationOf(undefined, `The task ${id} is left as it is.`);
      }
      kept.get(id);
      if (task === undefined || !engine.cancel(id)) {
        throw new Problem(409, `The task ${id} has already ended: there is nothing to cancel.`);
      }
      return operationOf(task, 'It stops at the next consistent instant.');
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/tasks/active',
      tag: TAG,
      summary: 'Running tasks and recently ended ones, including those of earlier servers.',
      answer: ACTIVE_TASKS,
    },
    () => {
      const active = tasks.active.map(({ view }) => view);
      const recent = [...kept.past, ...tasks.recent]
        .filter(({ finished_at }) => finished_at !== null)
        .reverse()
        .sort((a, b) => Date.parse(b.started_at) - Date.parse(a.started_at));
      return {
        tasks: active,
        active_tasks: active,
        count: active.length,
        recent: recent.slice(0, MOST_RECENT),
      };
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/tasks/{operation_id}/status',
      tag: TAG,
      summary: 'Progress of a task, which may be one of an earlier server.',
      params,
      answer: TASK,
    },
    ({ params: { operation_id: id } }) => kept.get(id),
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/tasks/{operation_id}/resume',
      tag: TAG,
      summary: 'Continues a task during which the server ended.',
      description:
        'A new task, which continues from the last consistent instant with the original request ' +
        'and the present settings. GET /api/generation/status and GET /api/stream/status show what was ' +
        'interrupted.',
      params,
      answer: OPERATION,
    },
    ({ params: { operation_id: id } }) => {
      const asked = kept.jobOf(id);
      const { overrides } = asked;
      const data = overrides === undefined ? settings.data : settings.dataWith(overrides);
      const job = { ...asked, settings: data, tills: engine.tills } as Job;
      const task = engine.start(job, `Continuing ${id}`);
      kept.resumed(id, task);
      return operationOf(task, `The task ${task.id} continues ${id}.`);
    },
  );
}
