/** Making masters and history, and how far that is. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { MOMENT_FORM } from '../../engine/moment.ts';
import { formatInstant } from '../../engine/time.ts';
import { lastRealtimeRun } from '../../run/state.ts';
import { MASTER_TABLES, tableNamed } from '../data/catalogue.ts';
import { obstacleOf } from '../drift.ts';
import { addEndpoint } from '../endpoint.ts';
import { operationOf } from '../operation.ts';
import { Problem } from '../problem.ts';
import { defaultRange, estimateFor } from '../range.ts';
import { instantOf, scenariosOf, tablesOf } from '../requests.ts';
import type { Services } from '../services.ts';
import { ACTIVE_TASKS, DEFAULT_RANGE, ESTIMATE, GENERATION_STATUS } from '../shapes/generation.ts';
import { OPERATION } from '../shapes/operation.ts';
import { TASK, type TaskKind, type TaskView } from '../shapes/task.ts';

const TAG = 'generation';
const scenarios = z
  .array(z.string().max(200))
  .max(20)
  .optional()
  .openapi({ description: 'Names of scenarios, as GET /api/scenarios lists them.' });
const day = z
  .string()
  .max(40)
  .openapi({
    description: `A day or an instant: ${MOMENT_FORM}.`,
    example: '2024-01-08',
  });
const date = day.nullable().optional();
const tables = z.array(z.string().max(64)).max(50).nullable().optional();

const HISTORY = z.strictObject({
  start_date: date,
  end_date: date,
  tables: tables.openapi({
    description:
      'Fact tables that the task reports on. All are made whatever it says: each is the cause of others.',
  }),
  parallel: z.boolean().default(true).openapi({
    description: 'False: one worker, which leaves the other cores alone. The data is the same.',
  }),
  scenarios,
  confirm_large: z
    .boolean()
    .default(false)
    .openapi({ description: 'Whether it may write more than 20 GB.' }),
});
type HistoryRequest = z.input<typeof HISTORY>;

const STATUS_QUERY = z.object({
  operation_id: z.string().max(100).optional(),
});

export function addGenerationRoutes(app: OpenAPIHono, services: Services): void {
  addMasterRoutes(app, services);
  addHistoryRoutes(app, services);
  addTaskRoutes(app, services);
}

function addMasterRoutes(app: OpenAPIHono, services: Services): void {
  const { engine, settings, nowMs } = services;
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
        tables,
        force_regenerate: z.boolean().default(false),
        parallel: z.boolean().default(true).openapi({
          description: 'Has no effect: masters are written one after the other.',
        }),
        start_date: date,
        scenarios,
      }),
      bodyOptional: true,
      answer: OPERATION,
    },
    ({ body }) => {
      const names = tablesOf(body.tables, 'master') ?? MASTER_TABLES;
      const fromMs = instantOf(body.start_date ?? undefined, 'start_date', nowMs());
      return start(names, body.force_regenerate ?? false, scenariosOf(body.scenarios), fromMs);
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
      description:
        'A task; without one, and so without an operation_id, if the table is there and ' +
        'force_regenerate is not true.',
      params: z.object({ table: z.string().max(64) }),
      query: z.object({ force_regenerate: z.enum(['true', 'false']).default('false') }),
      answer: OPERATION,
    },
    ({ params, query }) => {
      const { name } = tableNamed(params.table, 'master');
      const force = query.force_regenerate === 'true';
      if (!force && existsSync(path.join(settings.paths.master, `${name}.csv`))) {
        const text = `The table ${name} is there; force_regenerate=true writes it again.`;
        return operationOf(undefined, text);
      }
      return start([name], force, []);
    },
  );
}

function addHistoryRoutes(app: OpenAPIHono, services: Services): void {
  const { engine, settings, nowMs } = services;
  const start = (request: HistoryRequest, tables: readonly string[] | undefined) => {
    const names = scenariosOf(request.scenarios);
    const { window, estimate } = estimateFor(settings, request, nowMs());
    if (!estimate.fits) throw new Problem(507, estimate.text);
    if (estimate.is_large && request.confirm_large !== true) {
      throw new Problem(409, `${estimate.text} Send confirm_large: true to allow it.`, {
        errors: [{ field: 'confirm_large', detail: 'expected true for more than 20 GB' }],
      });
    }
    const task = engine.start(
      {
        kind: 'historical',
        settings: settings.data,
        scenarios: names,
        window,
        tables,
        workers: request.parallel === false ? 1 : undefined,
      },
      `Starting to generate ${estimate.start} to ${estimate.end}`,
    );
    return operationOf(task, 'Historical data generation started.');
  };
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
    ({ body }) => start(body, tablesOf(body.tables, 'fact')),
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/generate/historical/{table}',
      tag: TAG,
      summary: 'Generates history and reports on one table of facts; all are made with it.',
      description: 'A task, as POST /api/generate/historical starts it.',
      params: z.object({ table: z.string().max(64) }),
      query: z.object({
        start_date: day.optional(),
        end_date: day.optional(),
        confirm_large: z.enum(['true', 'false']).optional(),
      }),
      body: HISTORY.omit({ tables: true }),
      bodyOptional: true,
      answer: OPERATION,
      problems: [507],
    },
    ({ params, query: { confirm_large: confirmed, ...dates }, body }) => {
      const { name } = tableNamed(params.table, 'fact');
      const confirm_large = confirmed === undefined ? body.confirm_large : confirmed === 'true';
      return start({ ...body, ...dates, confirm_large }, [name]);
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
      answer: DEFAULT_RANGE,
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
      tablesOf(body.tables, 'fact');
      return estimateFor(settings, body, nowMs()).estimate;
    },
  );
}

function addTaskRoutes(app: OpenAPIHono, services: Services): void {
  const { engine, tasks, counts, settings } = services;
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
      answer: GENERATION_STATUS,
    },
    () => {
      const manifest = services.manifest();
      const generated = manifest !== undefined && manifest.committedMs > manifest.startMs;
      const last = generated ? formatInstant(manifest.committedMs) : null;
      return {
        has_historical_data: generated,
        has_masters: (counts.known.master.stores ?? 0) > 0,
        historical_start_date: manifest === undefined ? null : formatInstant(manifest.startMs),
        last_generated_timestamp: last,
        last_historical_run: last,
        last_realtime_run: lastRealtimeRun(settings.paths.state),
        can_start_realtime: generated,
        seed: manifest?.seed ?? null,
        scenarios: manifest?.scenarios.map(({ name }) => name) ?? [],
        obstacle: obstacleOf(services) ?? null,
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
      answer: ACTIVE_TASKS,
    },
    () => {
      const active = tasks.active.map(({ view }) => view);
      const recent = tasks.recent.filter(({ finished_at }) => finished_at !== null).reverse();
      return {
        tasks: active,
        active_tasks: active,
        count: active.length,
        recent: recent.slice(0, 20),
      };
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
