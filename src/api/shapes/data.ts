/** Answers about tables: lists, columns, counts, and some rows. */
import { z } from '@hono/zod-openapi';

export const TABLE_LIST = z.object({
  tables: z.array(z.string()),
  count: z.int(),
  rows: z.record(z.string(), z.int()),
});

export const TABLE_SUMMARY = z.object({
  table_name: z.string(),
  total_records: z.int().nullable(),
  columns: z.array(z.string()),
  column_details: z.array(
    z.object({ name: z.string(), type: z.string(), nullable: z.boolean(), about: z.string() }),
  ),
  table_type: z.enum(['master', 'fact']),
  days: z.array(z.string()).nullable(),
});

export const TABLE_COUNTS = z.object({
  master_tables: z.record(z.string(), z.int()),
  fact_tables: z.record(z.string(), z.int()).nullable(),
  counted_to: z.string().nullable(),
  rows_under_way: z
    .int()
    .nullable()
    .openapi({ description: 'Rows that the running task has generated so far.' }),
  last_updated: z.string(),
});

const VALUE = z.union([z.string(), z.number(), z.boolean()]).nullable();

const ROWS = z.int().nullable().openapi({
  description: 'Number of rows of the whole table; null if an older version did not count them.',
});

export const PREVIEW = z
  .object({
    table_name: z.string(),
    columns: z.array(z.string()),
    row_count: z
      .int()
      .nullable()
      .openapi({
        description:
          'Number of rows of the day date_partition; of the whole table if that is null. Null if an older ' +
          'version did not count them.',
      }),
    preview_rows: z.array(z.record(z.string(), VALUE)),
    date_partition: z.string().nullable(),
    most_recent_date: z.string().nullable(),
    limit: z.int(),
    offset: z.int(),
  })
  .openapi('TablePreview');

export const WHOLE_PREVIEW = PREVIEW.extend({
  total_records: ROWS,
  partitions: z.array(
    z.object({
      date: z.string(),
      records: z.int().nullable().openapi({
        description: 'Null, because rows are only counted by table, not by day.',
      }),
    }),
  ),
  partition_count: z.int(),
}).openapi('WholeTablePreview');

export const RECENT_PREVIEW = PREVIEW.extend({
  count: z.int().openapi({ description: 'Number of rows in this answer.' }),
  total_estimated: ROWS,
  partition_count: z.int(),
}).openapi('RecentPreview');
