/**
 * What scripts of the original system do, call by call, with the bodies that its documentation gives:
 * each is taken, and each answer has the fields that they read.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DIMENSION_NAMES } from '../../src/domain/dimensions.ts';
import { FACT_NAMES } from '../../src/domain/facts.ts';
import type { TaskView } from '../../src/api/shapes/task.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';
import { type Client, testClient } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await testClient();
});
afterAll(() => client.close());

type Kind = 'boolean' | 'number' | 'string' | 'list' | 'record';
/** Fields and their types; `?` allows null. */
type Fields = Readonly<Record<string, Kind | `${Kind}?`>>;
type Body = Record<string, unknown>;

const OPERATION: Fields = {
  success: 'boolean',
  message: 'string',
  operation_id: 'string?',
  started_at: 'string?',
};
const TASK_STATUS: Fields = {
  task_id: 'string',
  status: 'string',
  progress: 'number',
  message: 'string',
  estimated_completion: 'string?',
  estimated_seconds_remaining: 'number?',
  progress_rate: 'number?',
  table_progress: 'record',
  current_table: 'string?',
  tables_completed: 'list',
  tables_in_progress: 'list',
  tables_remaining: 'list',
  tables_failed: 'list',
  table_counts: 'record?',
  current_day: 'number?',
  current_hour: 'number?',
  total_hours_completed: 'number?',
  last_update_timestamp: 'string',
  sequence: 'number',
  error: 'string?',
  error_message: 'string?',
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return value === null ? 'null' : typeof value === 'object' ? 'record' : typeof value;
}

function expectFields(body: Body, fields: Fields): void {
  for (const [field, kind] of Object.entries(fields)) {
    const allowed = kind.endsWith('?') ? [kind.slice(0, -1), 'null'] : [kind];
    expect(allowed, `${field} is ${JSON.stringify(body[field])}`).toContain(kindOf(body[field]));
  }
}

/** A call that succeeds, and whose answer has these fields. */
async function call(method: string, url: string, fields: Fields, body?: unknown): Promise<Body> {
  const answer = await client.ask<Body>(method, url, body === undefined ? {} : { body });
  expect(answer.status, `${method} ${url}: ${answer.text}`).toBe(200);
  expectFields(answer.body, fields);
  return answer.body;
}

/** Polls as the original's page does, and tells the messages that it would show. */
async function poll(url: string): Promise<{ last: TaskView; messages: string[] }> {
  const messages = new Set<string>();
  for (;;) {
    const body = (await call('GET', url, TASK_STATUS)) as unknown as TaskView;
    messages.add(body.message);
    if (body.status === 'completed' || body.status === 'failed') {
      await client.control.services.engine.idle();
      return { last: body, messages: [...messages] };
    }
    await sleep(10);
  }
}

it('finds the server and its settings', async () => {
  const health = await call('GET', '/health', {
    status: 'string',
    timestamp: 'string',
    version: 'string',
    checks: 'record',
  });
  expect(health.status).toBe('healthy');
  await call('GET', '/version', { name: 'string', version: 'string', timestamp: 'string' });
  await call('GET', '/api', { message: 'string', docs_url: 'string', health_url: 'string' });
  const config = await call('GET', '/api/config', {
    seed: 'number',
    volume: 'record',
    realtime: 'record',
    paths: 'record',
    stream: 'record',
  });
  expect(config).toMatchObject({ volume: { stores: 3, dcs: 2 }, stream: { hub: 'retail-events' } });
});

it('saves settings as the page of the original does, paths and all', async () => {
  const settings = {
    seed: 42,
    volume: {
      ...SMALL_VOLUME,
      items_per_ticket_mean: 4.2,
      marketing_impressions_per_day: 10_000,
    },
    realtime: { emit_interval_ms: 500, burst: 100 },
    paths: { dict: 'data/dictionaries', master: 'data/master', facts: 'data/facts' },
    stream: { hub: 'retail-events' },
  };
  const { paths } = client.control.services.settings;
  const fields = { message: 'string', timestamp: 'string' } as const;
  const verdict = await call('POST', '/api/config/validate', fields, settings);
  expect(verdict.valid).toBe(true);
  await call('PUT', '/api/config', fields, settings);
  expect(client.control.services.settings.paths).toEqual(paths);
});

it('makes masters, all or some or one', async () => {
  const state = {
    has_historical_data: 'boolean',
    can_start_realtime: 'boolean',
    last_generated_timestamp: 'string?',
    historical_start_date: 'string?',
    last_historical_run: 'string?',
    last_realtime_run: 'string?',
  } as const;
  expect(await call('GET', '/api/generation/status', state)).toMatchObject({
    has_historical_data: false,
    can_start_realtime: false,
  });
  const asked = ['geographies_master', 'stores', 'customers'];
  const body = { tables: asked, force_regenerate: false, parallel: true };
  const { operation_id } = await call('POST', '/api/generate/master', OPERATION, body);
  const { last, messages } = await poll(`/api/generate/master/status?operation_id=${operation_id}`);
  expect(last).toMatchObject({
    tables_completed: asked,
    table_progress: { geographies_master: 1, stores: 1, customers: 1 },
  });
  expect(messages.at(-1)).toBe('3/3 tables complete.');
  // What is there is not made again unless that is asked for.
  expect(await call('POST', '/api/generate/master/stores', OPERATION)).toMatchObject({
    success: true,
    operation_id: null,
  });
  const forced = '/api/generate/master/stores?force_regenerate=true';
  const again = await call('POST', forced, OPERATION);
  expect((await poll(`/api/tasks/${again.operation_id}/status`)).last.status).toBe('completed');
  const wrong = await client.ask('POST', '/api/generate/master', { body: { tables: ['shops'] } });
  expect(wrong.status).toBe(400);
  expect(wrong.body.detail).toBeTypeOf('string');
});

it('makes history, and sees how far each table is', async () => {
  const tables = ['receipts', 'receipt_lines'];
  const range = { start_date: '2024-01-01T00:00:00', end_date: '2024-01-03T00:00:00' };
  const body = { ...range, tables, parallel: false };
  const { operation_id } = await call('POST', '/api/generate/historical', OPERATION, body);
  const active = await call('GET', '/api/tasks/active', { active_tasks: 'list', count: 'number' });
  expect(active.active_tasks).toMatchObject([{ task_id: operation_id, status: 'running' }]);
  const { last, messages } = await poll(`/api/tasks/${operation_id}/status`);
  expect(last).toMatchObject({
    status: 'completed',
    tables_completed: tables,
    table_progress: { receipts: 1, receipt_lines: 1 },
  });
  expect(messages.at(-1)).toMatch(/^2\/2 tables complete/);
  expect(Object.keys(last.table_progress)).toEqual(tables);
  await call('GET', `/api/generate/historical/status?operation_id=${operation_id}`, TASK_STATUS);
});

it('makes history of one table, from where it ended', async () => {
  const url = '/api/generate/historical/receipts?end_date=2024-01-04T00:00:00';
  const { operation_id } = await call('POST', url, OPERATION);
  const { last } = await poll(`/api/tasks/${operation_id}/status`);
  expect(last).toMatchObject({ tables_completed: ['receipts'] });
  // The others were made with it: their causes are the same.
  const summary = await call('GET', '/api/facts/foot_traffic/summary', { days: 'list' });
  expect(summary.days).toContain('2024-01-03');
  expect((await client.ask('POST', '/api/generate/historical/reciepts')).status).toBe(404);
});

it('reads that the masters of a world are complete while its facts grow', async () => {
  const body = { parallel: true, end_date: '2024-01-06T18:00:00' };
  const { operation_id } = await call('POST', '/api/generate/historical', OPERATION, body);
  const { last, messages } = await poll(`/api/tasks/${operation_id}/status`);
  const all = DIMENSION_NAMES.length + FACT_NAMES.length;
  const growing = new RegExp(
    `^${DIMENSION_NAMES.length}/${all} tables complete, ${FACT_NAMES.length} at \\d+ %; day \\d of 3, now at 2024-01-0\\d \\d\\d:\\d\\d$`,
  );
  expect(messages.filter((message) => growing.test(message))).not.toEqual([]);
  expect(messages.at(-1)).toContain(`${all}/${all} tables complete`);
  expect(last.tables_completed).toEqual([...DIMENSION_NAMES, ...FACT_NAMES]);
  expect(last).toMatchObject({ current_day: 3, current_hour: 17, total_hours_completed: 66 });
});

it('looks at the tables', async () => {
  const counts = await call('GET', '/api/dashboard/counts', {
    master_tables: 'record',
    fact_tables: 'record',
  });
  expect(counts).toMatchObject({ master_tables: { stores: 3, customers: 600 } });
  const list = { tables: 'list', count: 'number' } as const;
  await call('GET', '/api/master/tables', list);
  await call('GET', '/api/facts/tables', list);
  await call('GET', '/api/master/stores/summary', { total_records: 'number', columns: 'list' });
  const rows = { table_name: 'string', columns: 'list', preview_rows: 'list' } as const;
  await call('GET', '/api/master/stores?limit=1', { ...rows, row_count: 'number' });
  await call('GET', '/api/facts/receipts', rows);
  await call('GET', '/api/facts/receipts/recent?limit=100', rows);
  await call('GET', '/api/facts/receipts/2024-01-02', { ...rows, date_partition: 'string?' });
});

const STATISTICS: Fields = {
  events_generated: 'number',
  events_sent_successfully: 'number',
  events_failed: 'number',
  batches_sent: 'number',
  total_streaming_time: 'number',
  events_per_second: 'number',
  bytes_sent: 'number',
  last_event_time: 'string?',
  event_type_counts: 'record',
  error_counts: 'record',
  connection_failures: 'number',
  circuit_breaker_trips: 'number',
};

it('streams with the documented bodies, and watches', async () => {
  const body = {
    emit_interval_ms: 500,
    burst: 100,
    duration_minutes: null,
    event_types: ['receipt_created', 'inventory_updated'],
  };
  const { operation_id } = await call('POST', '/api/stream/start', OPERATION, body);
  expect((await client.ask('POST', '/api/stream/start', { body })).status).toBe(409);
  const status = {
    is_streaming: 'boolean',
    status: 'string',
    uptime_seconds: 'number',
    events_sent: 'number',
    events_per_second: 'number',
    last_event_time: 'string?',
  } as const;
  while (!(await call('GET', '/api/stream/status', status)).is_streaming) await sleep(20);
  await call('POST', '/api/stream/speed', OPERATION, { speed: 600 });
  while ((await call('GET', '/api/stream/statistics', STATISTICS)).batches_sent === 0) {
    await sleep(20);
  }
  const recent = await call('GET', '/api/stream/events/recent?limit=20', {
    events: 'list',
    count: 'number',
    timestamp: 'string',
  });
  const [event] = recent.events as Body[];
  expectFields(event, {
    timestamp: 'string',
    event_type: 'string',
    trace_id: 'string',
    payload: 'record',
  });
  const { checks } = await call('GET', '/api/stream/health', {
    status: 'string',
    timestamp: 'string',
    checks: 'record',
  });
  expect(checks).toMatchObject({
    streaming_task: {
      status: 'active',
      task_status: 'running',
      uptime_seconds: expect.any(Number),
    },
    azure_config: { status: expect.any(String), hub_name: 'retail-events' },
    statistics: {
      status: 'healthy',
      events_generated: expect.any(Number),
      events_per_second: expect.any(Number),
      failure_rate: 0,
    },
  });
  const change = await client.ask('PUT', '/api/stream/config', { body: { burst: 25 } });
  expect(change.status).toBe(409);
  const stop = await call('POST', '/api/stream/stop', OPERATION);
  expect(stop.operation_id).toBe(operation_id);
  await client.over(operation_id);

  const after = await call('GET', '/api/stream/statistics', STATISTICS);
  expect(after.events_sent_successfully).toBe(after.events_generated);
  // A receipt takes more than a hundred bytes on the wire.
  expect(after.bytes_sent).toBeGreaterThan(100 * Number(after.events_sent_successfully));
  expect(after.batches_sent).toBeLessThanOrEqual(Number(after.events_sent_successfully));
  const { text } = await client.ask('GET', '/metrics');
  expect(text).toContain(`sim_stream_batches ${after.batches_sent}\n`);
  expect(text).toContain(`sim_stream_bytes ${after.bytes_sent}\n`);
  expect((await call('GET', '/api/stream/health', {})).checks).toMatchObject({
    streaming_task: { status: 'inactive', task_status: 'stopped', uptime_seconds: 0 },
  });
  const nothing = await client.ask('POST', '/api/stream/stop');
  expect(nothing.status).toBe(409);
  expect(nothing.body.detail).toBeTypeOf('string');
}, 120_000);

it('streams with the settings of one session', async () => {
  const body = { duration_minutes: 1, emit_interval_override: 1000, burst_override: 10 };
  const { operation_id } = await call('POST', '/api/stream/start', OPERATION, body);
  await call('POST', '/api/stream/stop', OPERATION);
  expect((await client.over(operation_id)).status).not.toBe('failed');
  const wrong = await client.ask('POST', '/api/stream/start', { body: { burst_override: 0 } });
  expect(wrong.status).toBe(400);
}, 60_000);

it('sets the stream up', async () => {
  const shown = await call('GET', '/api/stream/config', {
    realtime: 'record',
    stream: 'record',
    available_event_types: 'list',
  });
  expectFields(shown.realtime as Body, {
    emit_interval_ms: 'number?',
    burst: 'number?',
    azure_connection_string: 'string',
    max_batch_size: 'number',
    circuit_breaker_enabled: 'boolean',
  });
  const types = await call('GET', '/api/stream/event-types', {
    event_types: 'list',
    count: 'number',
    description: 'string',
  });
  expect(types.event_types).toEqual(
    expect.arrayContaining([
      ...['receipt_created', 'receipt_line_added', 'payment_processed', 'inventory_updated'],
      ...['stockout_detected', 'reorder_triggered', 'customer_entered', 'customer_zone_changed'],
      ...['ble_ping_detected', 'truck_arrived', 'truck_departed', 'store_opened', 'store_closed'],
      ...['ad_impression', 'promotion_applied'],
    ]),
  );
  const result = { success: 'boolean', message: 'string' } as const;
  await call('PUT', '/api/stream/config', result, {
    emit_interval_ms: 1000,
    burst: 50,
    max_batch_size: 128,
    batch_timeout_ms: 1000,
    retry_attempts: 3,
    circuit_breaker_enabled: true,
    monitoring_interval: 30,
  });
  const test = { ...result, response_time_ms: 'number?', details: 'record' } as const;
  expect((await call('POST', '/api/stream/test', test)).success).toBe(false);
});

it('disturbs the world', async () => {
  const created = await call(
    'POST',
    '/api/disruption/create',
    { success: 'boolean', disruption_id: 'string', message: 'string', active_until: 'string' },
    {
      disruption_type: 'truck_breakdown',
      target_id: 5,
      severity: 0.7,
      duration_minutes: 30,
      product_ids: [101, 102, 103],
    },
  );
  expect(created.message).toContain('It does not concern products');
  const shortage = { disruption_type: 'inventory_shortage', target_id: 1, severity: 0.5 };
  const body = { ...shortage, duration_minutes: 15, product_ids: [101, 102] };
  const other = await call('POST', '/api/disruption/create', {}, body);
  expect(other.message).not.toContain('no products');
  const list = await call('GET', '/api/disruption/list', {
    disruptions: 'list',
    count: 'number',
    timestamp: 'string',
  });
  expect(list.count).toBe(2);
  const [first] = list.disruptions as Body[];
  expect(first).toMatchObject({ type: 'truck_breakdown', target_id: 5, severity: 0.7 });
  expectFields(first, {
    disruption_id: 'string',
    created_at: 'string',
    active_until: 'string',
    time_remaining_minutes: 'number',
    status: 'string',
  });
  const cancelled = await call('DELETE', `/api/disruption/${created.disruption_id}`, OPERATION);
  expect(cancelled.operation_id).toBe(created.disruption_id);
  const cleared = await call('POST', '/api/disruption/clear-all', OPERATION);
  expect(cleared.message).toContain('1');
  expect((await client.ask('DELETE', '/api/disruption/disruption_x7y8z9')).status).toBe(404);
});

it('is refused a removal that nobody has confirmed, in words that a script shows', async () => {
  const { status, body } = await client.ask('DELETE', '/api/generation/clear');
  expect(status).toBe(428);
  expect(body.detail).toBeTypeOf('string');
  expect(client.faults).toEqual([]);
});
