/** Routes of previews: some rows of a table. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { DAY_MS, formatInstant } from '../../engine/time.ts';
import { readManifest } from '../../store/manifest.ts';
import type { WorldPaths } from '../../store/paths.ts';
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
import { text, wholeNumberOr } from '../values.ts';
import { PREVIEW, RECENT_PREVIEW, WHOLE_PREVIEW } from '../shapes/data.ts';

export const DATA_TAG = 'data';
const MOST_ROWS = 1000;
const FURTHEST = 10_000;
/** Maximum offset plus limit of sorted rows: DuckDB keeps that many rows; beyond it would sort the whole day. */
const FURTHEST_SORTED = 5000;

const PAGE = z.object({
  limit: wholeNumberOr(100, 1, MOST_ROWS),
  offset: wholeNumberOr(0, 0, FURTHEST),
  order: text(64).optional().openapi({
    description:
      'A column; with a leading - descending. A whole fact table can only be ordered by EventTS.',
  }),
  values: z.enum(['typed', 'text']).default('typed').openapi({
    description: 'typed: numbers and booleans as JSON values; text: every field as in the file.',
  }),
});

/** Parameters of a route about one table; other names are not found. */
export const OF_TABLE = {
  master: z.object({ table: text(64).openapi({ enum: [...MASTER_TABLES], example: 'stores' }) }),
  fact: z.object({ table: text(64).openapi({ enum: [...FACT_TABLES], example: 'receipts' }) }),
};

const OF_DAY = OF_TABLE.fact.extend({
  date: z
    .string()
    .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, { error: 'expected a day as YYYY-MM-DD' })
    .openapi({ example: '2024-01-03' }),
});

export function addPreviewRoutes(app: OpenAPIHono, services: Services): void {
  const { previews, settings } = services;
  const rowsOfDay = async (info: TableInfo, day: string | null) =>
    day === null ? 0 : previews.rowsOfDay(settings.paths.facts, info, day);
  const daysNow = ({ name }: TableInfo) => daysOf(settings.paths.facts, name);

  addPreview(
    app,
    {
      kind: 'master',
      path: '/api/master/{table}',
      summary: 'Rows of a dimension table.',
      params: OF_TABLE.master,
      answer: PREVIEW,
    },
    async (info, page) =>
      answerOf(
        services,
        info,
        page,
        await previews.master(settings.paths.master, info, page),
        rowsOf(services, info),
      ),
  );

  addPreview(
    app,
    {
      kind: 'fact',
      path: '/api/facts/{table}',
      summary:
        'Rows of a fact table by time, the newest first; with order=EventTS the oldest first.',
      description: 'Other orders are possible for one day: /api/facts/{table}/{date}.',
      params: OF_TABLE.fact,
      answer: WHOLE_PREVIEW,
    },
    async (info, page) => {
      refuseOtherOrders(info, page);
      const oldestFirst = page.order?.descending === false;
      const found = await previews.byTime(settings.paths.facts, info, page, oldestFirst);
      const rows = rowsOf(services, info);
      const answer = answerOf(services, info, page, found, rows);
      const days = daysNow(info);
      return {
        ...answer,
        total_records: rows,
        partitions: days.map((date) => ({ date, records: null })),
        partition_count: days.length,
      };
    },
  );

  addPreview(
    app,
    {
      kind: 'fact',
      path: '/api/facts/{table}/recent',
      summary: 'The newest rows of a fact table; order sorts these rows.',
      params: OF_TABLE.fact,
      answer: RECENT_PREVIEW,
    },
    async (info, page) => {
      const found = await previews.recent(settings.paths.facts, info, page);
      const answer = answerOf(services, info, page, found, await rowsOfDay(info, found.day));
      const days = daysNow(info);
      return {
        ...answer,
        most_recent_date: days.at(-1) ?? null,
        count: answer.preview_rows.length,
        total_estimated: rowsOf(services, info),
        partition_count: days.length,
      };
    },
  );

  addPreview(
    app,
    {
      kind: 'fact',
      path: '/api/facts/{table}/{date}',
      summary: 'Rows of one day (UTC), in any order.',
      description: `Ordered by another column than the time, only the first ${FURTHEST_SORTED} rows are available.`,
      params: OF_DAY,
      answer: PREVIEW,
    },
    async (info, page, { date }) => {
      // A day of the history without a row of this table has no part.
      if (!daysNow(info).includes(date) && !isGenerated(settings.paths, date)) {
        throw new Problem(404, 'There is no data for this day.', {
          errors: [{ field: 'date', detail: `GET /api/facts/${info.name}/summary lists the days` }],
        });
      }
      refuseFarRows(page);
      const found = await previews.ofDay(settings.paths.facts, info, date, page);
      return answerOf(services, info, page, found, await rowsOfDay(info, date));
    },
  );
}

/** Whether a UTC day, such as `2024-01-03`, is in the committed history. */
function isGenerated({ manifest }: WorldPaths, date: string): boolean {
  const there = readManifest(manifest);
  if (there === undefined) return false;
  const dayMs = Date.parse(`${date}T00:00:00Z`);
  return dayMs < there.committedMs && dayMs + DAY_MS > there.startMs;
}

interface PreviewRoute<Params, Answer> {
  readonly kind: TableKind;
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  readonly params: Params;
  readonly answer: Answer;
}

/** Adds a preview route: checks the table, the page and its order. */
function addPreview<
  Params extends (typeof OF_TABLE)[TableKind] | typeof OF_DAY,
  Answer extends z.ZodType,
>(
  app: OpenAPIHono,
  { kind, ...route }: PreviewRoute<Params, Answer>,
  look: (info: TableInfo, page: Page, params: z.output<Params>) => Promise<z.input<Answer>>,
): void {
  addEndpoint(
    app,
    { ...route, method: 'get', tag: DATA_TAG, query: PAGE },
    ({ params, query: { order, values, ...rest } }) => {
      const info = tableNamed(params.table, kind);
      const page = { ...rest, asText: values === 'text' };
      const ordered = order === undefined ? page : { ...page, order: orderOf(order, info) };
      return look(info, ordered, params as z.output<Params>);
    },
  );
}

/** Throws Problem 400 for another order than by time. */
function refuseOtherOrders(info: TableInfo, { order }: Page): void {
  if (order === undefined || order.column.name === 'EventTS') return;
  throw new Problem(400, 'A whole table can only be ordered by time.', {
    errors: [
      {
        field: 'order',
        detail: `expected EventTS or -EventTS; other orders are possible for one day: /api/facts/${info.name}/{date}`,
      },
    ],
  });
}

/** Throws Problem 400 for rows that would take too long to find. */
function refuseFarRows({ limit, offset, order }: Page): void {
  if (order === undefined || order.column.name === 'EventTS') return;
  if (limit + offset <= FURTHEST_SORTED) return;
  throw new Problem(
    400,
    `Ordered by this column, only the first ${FURTHEST_SORTED} rows are available.`,
    {
      errors: [{ field: 'offset', detail: `expected at most ${FURTHEST_SORTED - limit}` }],
    },
  );
}

/** Returns the number of rows of the whole table, as counted by the runs. */
export function rowsOf({ counts }: Services, { name, kind }: TableInfo): number | null {
  const rows = kind === 'master' ? counts.known.master : counts.known.facts;
  return rows === null ? null : (rows[name] ?? 0);
}

/** Returns the answer of a preview. @param count number of rows of its day, or of the whole table */
function answerOf(
  services: Services,
  info: TableInfo,
  page: Page,
  { rows, day }: Preview,
  count: number | null,
) {
  const { committedMs } = services.counts.known;
  const isFact = info.kind === 'fact';
  return {
    table_name: info.name,
    columns: info.columns.map(({ name }) => name),
    row_count: count,
    preview_rows: rows.map((row) => ({ ...row })),
    date_partition: day,
    most_recent_date: isFact && committedMs !== null ? formatInstant(committedMs) : null,
    limit: page.limit,
    offset: page.offset,
  };
}
