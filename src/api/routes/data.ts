/** Routes of the tables: their names, columns and rows. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { formatInstant } from '../../engine/time.ts';
import { FACT_TABLES, MASTER_TABLES, type TableKind, tableNamed } from '../data/catalogue.ts';
import { daysOf } from '../data/parts.ts';
import { addEndpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';
import { TABLE_COUNTS, TABLE_LIST, TABLE_SUMMARY } from '../shapes/data.ts';
import { addPreviewRoutes, DATA_TAG as TAG, OF_TABLE, rowsOf } from './previews.ts';

export function addDataRoutes(app: OpenAPIHono, services: Services): void {
  for (const kind of ['master', 'fact'] as const) {
    addListRoute(app, services, kind);
    addSummaryRoute(app, services, kind);
  }
  addPreviewRoutes(app, services);
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
      summary: `Names of the ${kind} tables, and their numbers of rows.`,
      answer: TABLE_LIST,
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
      params: OF_TABLE[kind],
      answer: TABLE_SUMMARY,
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

function addCounts(app: OpenAPIHono, { counts, tasks, nowMs }: Services): void {
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/dashboard/counts',
      tag: TAG,
      summary: 'Rows of every table, as counted by the runs.',
      answer: TABLE_COUNTS,
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
