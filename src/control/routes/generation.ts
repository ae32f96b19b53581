/** Making masters and history, and how far that is. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { formatInstant } from '../../engine/time.ts';
import { tableNamed, MASTER_TABLES } from '../data/catalogue.ts';
import { addEndpoint } from '../endpoint.ts';
import { estimateFor, defaultRange } from '../range.ts';
import { instantOf, scenariosOf } from '../requests.ts';
import { OPERATION, operationOf } from '../operation.ts';
import { orNull } from '../or-null.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { TASK, type TaskKind, type TaskView } from '../tasks.ts';

const TAG = 'generation';
const scenarios = z
  .array(z.string().max(200))
  .max(20)
  .optional()
  .openapi({ description: 'Names of scenarios, as GET /api/scenarios lists them.' });
const date = z
  .string()
  .max(40)
  .optional()
  .openapi({ description: 'A day or an instant in UTC.', example: '2024-01-08' });

const HISTORY = z.strictObject({
  start_date: date,
  end_date: date,
  scenarios,
  confirm_large: z
    .boolean()
    .default(false)
    .openapi({ description: 'Whether it may write more than 20 GB.' }),
});

export const ESTIMATE = z
  .object({
    start: z.string(),
    end: z.string(),
    days: z.number(),
    rows: z.int(),
    bytes: z.int(),
    seconds: z.number(),
    free_bytes: z.number(),
    workers: z.int(),
    fits: z.boolean(),
    is_large: z.boolean().openapi({ description: 'More than 20 GB: needs confirm_large.' }),
    tables: z.array(z.object({ table: z.string(), rows: z.int(), bytes: z.int() })),
    text: z.string(),
  })
  .openapi('Estimate');

const STATUS_QUERY = z.object({
  operation_id: z.string().max(100).optional(),
});

export function addGenerationRoutes(app: OpenAPIHono, services: Services): void {
  addMasterRoutes(app, services);
  addHistoryRoutes(app, services);
  addTaskRoutes(app, services);
}

function addMasterRoutes(app: OpenAPIHono, services: Services): void {
  const { engine, settings } = services;
  const start = (
    tables: readonly string[],
    force: boolean,
    names: readonly string[],
    fromMs?: number,
  ) => {
    const task = engine.start(
      { kind: 'master', settings: settings.data, scenarios: names, tables, force, fromMs },
      'Starting to write masters',
    );
    return operationOf(task, 'Master data generation started.');
  };
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/generate/master',
      tag: TAG,
      summary: 'Writes the dimension tables of the world.',
      description:
        'A task. While nothing has been generated yet, it may be done again with other scenarios.',
      body: z.strictObject({
        tables: z.array(z.string().max(64)).max(50).optional(),
        force_regenerate: z.boolean().default(false),
        start_date: date,
        scenarios,
      }),
      bodyOptional: true,
      answer: OPERATION,
    },
    ({ body }) => {
      const tables = body.tables?.map((name) => tableNamed(name, 'master').name) ?? MASTER_TABLES;
      const fromMs = instantOf(body.start_date, 'start_date');
      return start(tables, body.force_regenerate ?? false, scenariosOf(body.scenarios), fromMs);
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/generate/master/status',
      tag: TAG,
      summary: 'How far the masters are: of the newest task, or of the one named.',
      query: STATUS_QUERY,
      answer: TASK,
    },
    ({ query }) => taskView(services, ['master'], query.operation_id),
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/generate/master/{table}',
      tag: TAG,
      summary:
        'Writes one dimension table; with it those that are missing, as they belong together.',
      params: z.object({ table: z.string().max(64) }),
      answer: OPERATION,
    },
    ({ params }) => start([tableNamed(params.table, 'master').name], true, []),
  );
}

function addHistoryRoutes(app: OpenAPIHono, services: Services): void {
  const { engine, settings, nowMs } = services;
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/generate/historical',
      tag: TAG,
      summary: 'Generates history: the range given, or the default one.',
      description:
        'A task. A world goes on where it ended; start_date is only for its first run. Without dates the ' +
        'range of GET /api/generate/historical/default-range is taken.',
      body: HISTORY,
      bodyOptional: true,
      answer: OPERATION,
      problems: [507],
    },
    ({ body }) => {
      const names = scenariosOf(body.scenarios);
      const { window, estimate } = estimateFor(settings, body, nowMs());
      if (!estimate.fits) throw new Problem(507, estimate.text);
      if (estimate.is_large && body.confirm_large !== true) {
        throw new Problem(409, `${estimate.text} Send confirm_large: true to allow it.`, {
          errors: [{ field: 'confirm_large', detail: 'expected true for more than 20 GB' }],
        });
      }
      const task = engine.start(
        { kind: 'historical', settings: settings.data, scenarios: names, window },
        `Starting to generate ${estimate.start} to ${estimate.end}`,
      );
      return operationOf(task, 'Historical data generation started.');
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/generate/historical/status',
      tag: TAG,
      summary: 'How far the history is: of the newest task, or of the one named.',
      query: STATUS_QUERY,
      answer: TASK,
    },
    ({ query }) => taskView(services, ['historical'], query.operation_id),
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/generate/historical/default-range',
      tag: TAG,
      summary: 'The range that is taken without dates, and why.',
      answer: z.object({
        start_date: z.string(),
        end_date: z.string(),
        explanation: z.string(),
        is_continuation: z.boolean(),
        is_empty: z.boolean(),
      }),
    },
    () => {
      const { fromMs, toMs, explanation, isContinuation } = defaultRange(settings, nowMs());
      return {
        start_date: formatInstant(fromMs),
        end_date: formatInstant(toMs),
        explanation,
        is_continuation: isContinuation,
        is_empty: toMs <= fromMs,
      };
    },
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/generate/estimate',
      tag: TAG,
      summary: 'What a range would take: rows, bytes, seconds. Nothing is started.',
      body: HISTORY,
      bodyOptional: true,
      answer: ESTIMATE,
    },
    ({ body }) => {
      scenariosOf(body.scenarios);
      return estimateFor(settings, body, nowMs()).estimate;
    },
  );
}

function addTaskRoutes(app: OpenAPIHono, services: Services): void {
  const { engine, tasks, counts } = services;
  const id = z.object({ operation_id: z.string().max(100) });
  addEndpoint(
    app,
    {
      method: 'delete',
      path: '/api/generate/cancel/{operation_id}',
      tag: TAG,
      summary: 'Stops a task at the next consistent instant.',
      params: id,
      answer: OPERATION,
    },
    ({ params }) => {
      const task = tasks.get(params.operation_id);
      if (!engine.cancel(task.id)) {
        throw new Problem(409, `The task ${task.id} is over: there is nothing to cancel.`);
      }
      return operationOf(task, 'It comes to rest at the next consistent instant.');
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/generation/status',
      tag: TAG,
      summary: 'How far the world reaches, and what is under way.',
      answer: z.object({
        has_historical_data: z.boolean(),
        has_masters: z.boolean(),
        historical_start_date: z.string().nullable(),
        last_generated_timestamp: z.string().nullable(),
        seed: z.int().nullable(),
        scenarios: z.array(z.string()),
        compression: z.string().nullable(),
        running: orNull(TASK),
      }),
    },
    () => {
      const manifest = services.manifest();
      const generated = manifest !== undefined && manifest.committedMs > manifest.startMs;
      return {
        has_historical_data: generated,
        has_masters: (counts.known.master.stores ?? 0) > 0,
        historical_start_date: manifest === undefined ? null : formatInstant(manifest.startMs),
        last_generated_timestamp: generated ? formatInstant(manifest.committedMs) : null,
        seed: manifest?.seed ?? null,
        scenarios: manifest?.scenarios.map(({ name }) => name) ?? [],
        compression: manifest === undefined ? null : (manifest.compress ?? 'none'),
        running: tasks.running?.view ?? null,
      };
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/tasks/active',
      tag: TAG,
      summary: 'Tasks that are under way, and those that ended lately.',
      answer: z.object({
        tasks: z.array(TASK),
        count: z.int().openapi({ description: 'Of those under way.' }),
        recent: z.array(TASK),
      }),
    },
    () => {
      const active = tasks.active.map(({ view }) => view);
      const recent = tasks.recent.filter(({ finished_at }) => finished_at !== null).reverse();
      return { tasks: active, count: active.length, recent: recent.slice(0, 20) };
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/tasks/{operation_id}/status',
      tag: TAG,
      summary: 'How far a task is.',
      params: id,
      answer: TASK,
    },
    ({ params }) => tasks.get(params.operation_id).view,
  );
}

function taskView(
  { tasks }: Services,
  kinds: readonly TaskKind[],
  id: string | undefined,
): TaskView {
  const task = id === undefined ? tasks.latest(...kinds) : tasks.get(id);
  if (task !== undefined && kinds.includes(task.kind)) return task.view;
  throw new Problem(404, 'No such task has been started since the server began.');
}
