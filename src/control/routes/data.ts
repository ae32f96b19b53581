/** Looking at the tables. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { formatInstant } from '../../engine/time.ts';
import {
  FACT_TABLES,
  MASTER_TABLES,
  orderOf,
  type TableInfo,
  type TableKind,
  tableNamed,
} from '../data/catalogue.ts';
import { daysOf } from '../data/parts.ts';
import type { Page, Preview } from '../data/preview.ts';
import { addEndpoint } from '../endpoint.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';

const TAG = 'data';
const MOST_ROWS = 1000;
const FURTHEST = 10_000;

const PAGE = z.object({
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(100),
  offset: z.coerce.number().int().min(0).max(FURTHEST).default(0),
  order: z
    .string()
    .max(64)
    .optional()
    .openapi({ description: 'A column; with - before it descending.', example: '-EventTS' }),
});

const VALUE = z.union([z.string(), z.number(), z.boolean()]).nullable();

const PREVIEW = z
  .object({
    table_name: z.string(),
    columns: z.array(z.string()),
    row_count: z.int().nullable().openapi({
      description: 'Rows of the whole table; null where an older program did not keep them.',
    }),
    preview_rows: z.array(z.record(z.string(), VALUE)),
    date_partition: z.string().nullable(),
    most_recent_date: z.string().nullable(),
    limit: z.int(),
    offset: z.int(),
  })
  .openapi('TablePreview');

const TABLES = z.object({
  tables: z.array(z.string()),
  count: z.int(),
  rows: z.record(z.string(), z.int()),
});

const SUMMARY = z.object({
  table_name: z.string(),
  total_records: z.int().nullable(),
  columns: z.array(z.string()),
  column_details: z.array(
    z.object({ name: z.string(), type: z.string(), nullable: z.boolean(), about: z.string() }),
  ),
  table_type: z.enum(['master', 'fact']),
  days: z.array(z.string()).nullable(),
});

const table = z.string().max(64);

export function addDataRoutes(app: OpenAPIHono, services: Services): void {
  for (const kind of ['master', 'fact'] as const) {
    addListRoute(app, services, kind);
    addSummaryRoute(app, services, kind);
  }
  addMasterPreview(app, services);
  addFactPreviews(app, services);
  addCounts(app, services);
}

function addListRoute(app: OpenAPIHono, { counts }: Services, kind: TableKind): void {
  const names = kind === 'master' ? MASTER_TABLES : FACT_TABLES;
  addEndpoint(
    app,
    {
      method: 'get',
      path: `/api/${kind === 'master' ? 'master' : 'facts'}/tables`,
      tag: TAG,
      summary: `Names of the ${kind} tables, and their rows.`,
      answer: TABLES,
    },
    () => {
      const rows = (kind === 'master' ? counts.known.master : counts.known.facts) ?? {};
      return { tables: [...names], count: names.length, rows: { ...rows } };
    },
  );
}

function addSummaryRoute(app: OpenAPIHono, services: Services, kind: TableKind): void {
  addEndpoint(
    app,
    {
      method: 'get',
      path: `/api/${kind === 'master' ? 'master' : 'facts'}/{table}/summary`,
      tag: TAG,
      summary: `Rows and columns of a ${kind} table.`,
      params: z.object({ table }),
      answer: SUMMARY,
    },
    ({ params }) => {
      const info = tableNamed(params.table, kind);
      return {
        table_name: info.name,
        total_records: rowsOf(services, info),
        columns: info.columns.map(({ name }) => name),
        column_details: info.columns.map(({ name, type, nullable = false, about }) => ({
          name,
          type,
          nullable,
          about,
        })),
        table_type: kind,
        days: kind === 'fact' ? daysOf(services.settings.paths.facts, info.name) : null,
      };
    },
  );
}

function addMasterPreview(app: OpenAPIHono, services: Services): void {
  const { previews, settings } = services;
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/master/{table}',
      tag: TAG,
      summary: 'Rows of a dimension table.',
      params: z.object({ table }),
      query: PAGE,
      answer: PREVIEW,
    },
    async ({ params, query }) => {
      const info = tableNamed(params.table, 'master');
      const page = pageOf(query, info);
      return answerOf(
        services,
        info,
        page,
        await previews.master(settings.paths.master, info, page),
      );
    },
  );
}

function addFactPreviews(app: OpenAPIHono, services: Services): void {
  const { previews, settings } = services;
  const facts = () => settings.paths.facts;
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/facts/{table}',
      tag: TAG,
      summary:
        'Rows of a table of facts by time, the newest first; order=EventTS: the first first.',
      description: 'For another order ask for one day: /api/facts/{table}/{date}.',
      params: z.object({ table }),
      query: PAGE,
      answer: PREVIEW,
    },
    async ({ params, query }) => {
      const info = tableNamed(params.table, 'fact');
      const page = pageOf(query, info);
      if (page.order !== undefined && page.order.column.name !== 'EventTS') {
        throw new Problem(400, 'A whole table can only be ordered by time.', {
          errors: [
            {
              field: 'order',
              detail: `expected EventTS or -EventTS; or ask for one day: /api/facts/${info.name}/{date}`,
            },
          ],
        });
      }
      const oldestFirst = page.order?.descending === false;
      return answerOf(
        services,
        info,
        page,
        await previews.byTime(facts(), info, page, oldestFirst),
      );
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/facts/{table}/recent',
      tag: TAG,
      summary: 'The newest rows of a table of facts; order sorts among them.',
      params: z.object({ table }),
      query: PAGE,
      answer: PREVIEW,
    },
    async ({ params, query }) => {
      const info = tableNamed(params.table, 'fact');
      const page = pageOf(query, info);
      return answerOf(services, info, page, await previews.recent(facts(), info, page));
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/facts/{table}/{date}',
      tag: TAG,
      summary: 'Rows of one day (UTC), in any order.',
      params: z.object({
        table,
        date: z
          .string()
          .max(10)
          .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'expected a day as YYYY-MM-DD' })
          .openapi({ example: '2024-01-03' }),
      }),
      query: PAGE,
      answer: PREVIEW,
    },
    async ({ params, query }) => {
      const info = tableNamed(params.table, 'fact');
      const page = pageOf(query, info);
      if (!daysOf(facts(), info.name).includes(params.date)) {
        throw new Problem(404, 'There is no data of this day.', {
          errors: [{ field: 'date', detail: `GET /api/facts/${info.name}/summary lists the days` }],
        });
      }
      return answerOf(services, info, page, await previews.ofDay(facts(), info, params.date, page));
    },
  );
}

function addCounts(app: OpenAPIHono, { counts, tasks, nowMs }: Services): void {
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/dashboard/counts',
      tag: TAG,
      summary: 'Rows of every table, as the runs have kept them; nothing is counted again.',
      answer: z.object({
        master_tables: z.record(z.string(), z.int()),
        fact_tables: z.record(z.string(), z.int()).nullable(),
        counted_to: z.string().nullable(),
        rows_under_way: z
          .int()
          .nullable()
          .openapi({ description: 'Rows that the run under way has made so far.' }),
        last_updated: z.string(),
      }),
    },
    () => {
      const { master, facts, committedMs } = counts.known;
      return {
        master_tables: { ...master },
        fact_tables: facts === null ? null : { ...facts },
        counted_to: committedMs === null ? null : formatInstant(committedMs),
        rows_under_way: tasks.running?.view.rows ?? null,
        last_updated: new Date(nowMs()).toISOString(),
      };
    },
  );
}

function pageOf({ limit, offset, order }: z.output<typeof PAGE>, info: TableInfo): Page {
  return { limit, offset, order: order === undefined ? undefined : orderOf(order, info) };
}

function rowsOf({ counts }: Services, { name, kind }: TableInfo): number | null {
  const rows = kind === 'master' ? counts.known.master : counts.known.facts;
  return rows === null ? null : (rows[name] ?? 0);
}

function answerOf(services: Services, info: TableInfo, page: Page, { rows, day }: Preview) {
  const { committedMs } = services.counts.known;
  const isFact = info.kind === 'fact';
  return {
    table_name: info.name,
    columns: info.columns.map(({ name }) => name),
    row_count: rowsOf(services, info),
    preview_rows: rows.map((row) => ({ ...row })),
    date_partition: day,
    most_recent_date: isFact && committedMs !== null ? formatInstant(committedMs) : null,
    limit: page.limit,
    offset: page.offset,
  };
}
