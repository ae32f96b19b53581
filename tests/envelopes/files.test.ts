/** Stream and files of one world, joined by the published SQL. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleWorldId, runExample } from '../../docs/example-world.ts';
import { FACT_NAMES, FACTS } from '../../src/domain/facts.ts';
import { envelopeSink } from '../../src/envelopes/envelope-sink.ts';
import { eventIdSql, eventTypeSql, parentEventIdSql } from '../../src/envelopes/event-sql.ts';
import { ByteWriter } from '../../src/tables/byte-writer.ts';
import { header, rowEncoder } from '../../src/tables/encoder.ts';
import { quoted } from '../../src/verify/column-types.ts';
import { Database } from '../../src/verify/database.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'stream-and-files-'));
let database: Database;

/** Writes the world's rows, a file a table, and its stream, one JSON object a line. */
function writeWorld(): void {
  const lines: string[] = [];
  const events = envelopeSink(({ body }) => lines.push(body.toString()), {
    worldId: exampleWorldId(),
    ingestMs: () => Date.UTC(2026, 0, 1),
  });
  const files = new Map(FACT_NAMES.map((table) => [table, new ByteWriter()]));
  runExample((table, record) => {
    events[table](record);
    rowEncoder<typeof record>(FACTS[table].columns)(record, files.get(table)!);
  });
  writeFileSync(path.join(folder, 'stream.jsonl'), `${lines.join('\n')}\n`);
  for (const [table, rows] of files) {
    const head = Buffer.from(header(FACTS[table].columns));
    writeFileSync(path.join(folder, `${table}.csv`), Buffer.concat([head, rows.bytes()]));
  }
}

beforeAll(async () => {
  writeWorld();
  database = await Database.open({ threads: 1 });
  await database.run(`
    CREATE TABLE stream AS
    SELECT event_id, event_type, parent_event_id, trace_id, event_timestamp
    FROM read_json(${quoted(`${folder}/stream.jsonl`)}, format = 'newline_delimited', columns = {
      event_id: 'VARCHAR', event_type: 'VARCHAR', parent_event_id: 'VARCHAR', trace_id: 'VARCHAR',
      event_timestamp: 'TIMESTAMP'
    })`);
  for (const table of FACT_NAMES) {
    await database.run(`
      CREATE TABLE ${table} AS
      SELECT ${eventIdSql(table)} AS event_id, ${eventTypeSql(table)} AS event_type,
        ${parentEventIdSql(table) ?? 'NULL::VARCHAR'} AS parent_event_id, "TraceId", "EventTS"
      FROM read_csv(${quoted(`${folder}/${table}.csv`)})`);
  }
});

afterAll(() => {
  database?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(FACT_NAMES)('%s', (table) => {
  it('has in its files the ids, types and parents of the stream, row for row', async () => {
    const [counts] = await database.rows(`
      WITH events AS (SELECT * FROM stream WHERE starts_with(event_id, '${table}:'))
      SELECT count(f.event_id) AS rows, count(e.event_id) AS events,
        count(*) FILTER (f.event_id IS NULL OR e.event_id IS NULL) AS alone,
        count(*) FILTER (
          f.event_type IS DISTINCT FROM e.event_type OR f."TraceId" IS DISTINCT FROM e.trace_id
          OR f."EventTS" IS DISTINCT FROM e.event_timestamp
        ) AS different,
        count(*) FILTER (f.parent_event_id IS DISTINCT FROM e.parent_event_id) AS other_parent
      FROM ${table} f FULL JOIN events e USING (event_id)`);
    const { rows, events, alone, different, other_parent } = counts;
    expect(Number(rows)).toBeGreaterThan(0);
    expect(Number(events)).toBe(Number(rows));
    expect([alone, different].map(Number)).toEqual([0, 0]);
    if (parentEventIdSql(table) !== undefined) expect(Number(other_parent)).toBe(0);
  });
});

it('no id occurs twice in the world', async () => {
  const ids = FACT_NAMES.map((table) => `SELECT event_id AS id FROM ${table}`);
  const [{ rows, distinct, longest }] = await database.rows(`
    SELECT count(*) AS rows, count(DISTINCT id) AS "distinct", max(length(id)) AS longest
    FROM (${ids.join(' UNION ALL ')})`);
  expect(Number(rows)).toBeGreaterThan(100_000);
  expect(Number(distinct)).toBe(Number(rows));
  expect(Number(longest)).toBeLessThanOrEqual(64);
});
