/** Routes that generate masters and history, and show the progress. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  DEFAULT_FORMATS,
  FILE_FORMATS,
  FORMAT_ENDINGS,
  FORMATS,
  type Format,
} from '../../domain/formats.ts';
import { MOMENT_FORM } from '../../engine/moment.ts';
import { formatInstant } from '../../engine/time.ts';
import { lastRealtimeRun } from '../../store/state.ts';
import { FACT_TABLES, MASTER_TABLES, tableNamed } from '../data/catalogue.ts';
import { obstacleOf } from '../drift.ts';
import { addEndpoint } from '../endpoint.ts';
import { operationOf } from '../operation.ts';
import { Problem } from '../problem.ts';
import { defaultRange, estimateFor } from '../range.ts';
import { instantOf, scenariosOf, tablesOf } from '../requests.ts';
import type { Services } from '../services.ts';
import { text } from '../values.ts';
import { DEFAULT_RANGE, ESTIMATE, GENERATION_STATUS } from '../shapes/generation.ts';
import { OPERATION } from '../shapes/operation.ts';
import { OF_TABLE } from './previews.ts';
import { TASK, type TaskKind, type TaskView } from '../shapes/task.ts';

const TAG = 'generation';
const scenarios = z
  .array(text(200))
  .max(20)
  .optional()
  .openapi({ description: 'Names of scenarios, as GET /api/scenarios lists them.' });
const day = text(40).openapi({ description: `A day or an instant: ${MOMENT_FORM}.` });
const start_date = day.openapi({ example: '2024-01-01' });
const end_date = day.openapi({ example: '2024-01-08' });
const tablesOfKind = (names: readonly string[]) =>
  z
    .array(text(64).openapi({ enum: [...names] }))
    .max(50)
    .nullable()
    .optional();

const formats = z
  .array(z.enum(FORMATS))
  .min(1)
  .optional()
  .openapi({
    description:
      'Formats of the tables, of a world that begins; by default output.format of the config.',
    example: ['csv', 'parquet'],
  });

const HISTORY_FIELDS = z.strictObject({
  start_date: start_date.nullable().optional(),
  end_date: end_date.nullable().optional(),
  tables: tablesOfKind(FACT_TABLES).openapi({
    description:
      'Fact tables that the task reports on. All tables are always generated, because they depend on each other.',
  }),
  parallel: z.boolean().default(true).openapi({
    description: 'False: one worker, which leaves the other cores free. The data is the same.',
  }),
  scenarios,
  formats,
  confirm_large: z
    .boolean()
    .default(false)
    .openapi({ description: 'Allows to write more than 20 GB.' }),
});
const HISTORY_EXAMPLE = { end_date: '2024-01-08' };
const HISTORY = HISTORY_FIELDS.openapi({ example: HISTORY_EXAMPLE });
type HistoryRequest = z.input<typeof HISTORY>;

const STATUS_QUERY = z.object({
  operation_id: text(100).optional().openapi({ example: 'historical_3f9a2c1d' }),
});

export function addGenerationRoutes(app: OpenAPIHono, services: Services): void {
  addMasterRoutes(app, services);
  addHistoryRoutes(app, services);
  addStatusRoute(app, services);
}

function addMasterRoutes(app: OpenAPIHono, services: Services): void {
  const { jobs, settings, nowMs } = services;
  const start = (
    tables: readonly string[],
    force: boolean,
    names: readonly string[],
    fromMs?: number,
    formats?: readonly Format[],
  ) => {
    const task = jobs.start(
      { kind: 'master', settings: settings.data, scenarios: names, tables, force, fromMs, formats },
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
      description: 'A task. It may be repeated with other scenarios while there is no history.',
      body: z
        .strictObject({
          tables: tablesOfKind(MASTER_TABLES),
          force_regenerate: z.boolean().default(false),
          parallel: z.boolean().default(true).openapi({
            description: 'No effect: masters are written one after the other.',
          }),
          start_date: start_date.nullable().optional(),
          scenarios,
          formats,
        })
        .openapi({ example: { tables: ['stores', 'trucks'] } }),
      bodyOptional: true,
      answer: OPERATION,
    },
    ({ body }) => {
      const names = tablesOf(body.tables, 'master') ?? MASTER_TABLES;
      const fromMs = instantOf(body.start_date ?? undefined, 'start_date', nowMs());
      const force = body.force_regenerate ?? false;
      return start(names, force, scenariosOf(body.scenarios), fromMs, body.formats);
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/generate/master/status',
      tag: TAG,
      summary: 'Progress of the masters: of the newest task, or of a given one.',
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
      summary: 'Writes one dimension table, and all missing ones, because they belong together.',
      description:
        'A task. If the table exists and force_regenerate is not true, no task is started, and the answer has ' +
        'no operation_id.',
      params: OF_TABLE.master,
      query: z.object({ force_regenerate: z.enum(['true', 'false']).default('false') }),
      answer: OPERATION,
    },
    ({ params, query }) => {
      const { name } = tableNamed(params.table, 'master');
      const force = query.force_regenerate === 'true';
      const files = FILE_FORMATS.map((format) => name + FORMAT_ENDINGS[format]);
      if (!force && files.some((file) => existsSync(path.join(settings.paths.master, file)))) {
        const text = `The table ${name} exists; force_regenerate=true writes it again.`;
        return operationOf(undefined, text);
      }
      return start([name], force, []);
    },
  );
}

function addHistoryRoutes(app: OpenAPIHono, services: Services): void {
  const { jobs, settings, manifest, nowMs } = services;
  const start = (request: HistoryRequest, tables: readonly string[] | undefined) => {
    const names = scenariosOf(request.scenarios, manifest());
    const { window, estimate } = estimateFor(settings, request, nowMs());
    if (!estimate.fits) throw new Problem(507, estimate.text);
    if (estimate.is_large && request.confirm_large !== true) {
      throw new Problem(409, `${estimate.text} Send confirm_large: true to allow it.`, {
        errors: [{ field: 'confirm_large', detail: 'expected true for more than 20 GB' }],
      });
    }
    const task = jobs.start(
      {
        kind: 'historical',
        settings: settings.data,
        scenarios: names,
        window,
        tables,
        workers: request.parallel === false ? 1 : undefined,
        formats: request.formats,
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
      summary: 'Generates history: the given range, or the default one.',
      description:
        'A task. A world is continued from its end; start_date is only for its first run. Without dates, the ' +
        'range of GET /api/generate/historical/default-range is generated.',
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
      summary: 'Generates history and reports on one fact table; all fact tables are generated.',
      description: 'A task, like that of POST /api/generate/historical.',
      params: OF_TABLE.fact,
      query: z.object({
        start_date: start_date.optional(),
        end_date: end_date.optional(),
        confirm_large: z.enum(['true', 'false']).optional(),
      }),
      body: HISTORY_FIELDS.omit({ tables: true }).openapi({ example: HISTORY_EXAMPLE }),
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
      summary: 'Progress of the history: of the newest task, or of a given one.',
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
      summary: 'The range that is generated without dates, with an explanation.',
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
      summary: 'Estimates a range: rows, bytes, seconds. Nothing is started.',
      body: HISTORY,
      bodyOptional: true,
      answer: ESTIMATE,
    },
    ({ body }) => {
      scenariosOf(body.scenarios, manifest());
      tablesOf(body.tables, 'fact');
      return estimateFor(settings, body, nowMs()).estimate;
    },
  );
}

function addStatusRoute(app: OpenAPIHono, services: Services): void {
  const { tasks, kept, counts, settings } = services;
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/generation/status',
      tag: TAG,
      summary: 'The end of the world, and the running tasks.',
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
        formats: manifest === undefined ? null : [...(manifest.formats ?? DEFAULT_FORMATS)],
        running: tasks.running?.view ?? null,
        interrupted: kept.interrupted('master', 'historical') ?? null,
      };
    },
  );
}

function taskView(
  { tasks, kept }: Services,
  kinds: readonly TaskKind[],
  id: string | undefined,
): TaskView {
  const ofKind = ({ kind }: TaskView) => kinds.includes(kind);
  const view =
    id === undefined ? (tasks.latest(...kinds)?.view ?? kept.past.findLast(ofKind)) : kept.get(id);
  if (view !== undefined && ofKind(view)) return view;
  throw new Problem(404, 'No such task has been started in this world.');
}
