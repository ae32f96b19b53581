/** A world made through the API: masters, history, conflict, cancel, removal. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TaskView } from '../../src/api/shapes/task.ts';
import { DIMENSION_NAMES } from '../../src/domain/dimensions.ts';
import { FACT_NAMES } from '../../src/domain/facts.ts';
import { verifyWorld } from '../../src/verify/verify.ts';
import { type Client, testClient } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await testClient();
});
afterAll(() => client.close());

interface Operation {
  operation_id: string;
  success: boolean;
}

const start = async (url: string, body?: unknown) => {
  const answer = await client.ask<Operation>('POST', url, body === undefined ? {} : { body });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body.success).toBe(true);
  return answer.body.operation_id;
};
const status = async () => (await client.ask('GET', '/api/generation/status')).body;

it('begins with nothing, and says so', async () => {
  expect(await status()).toMatchObject({
    has_historical_data: false,
    has_masters: false,
    seed: null,
  });
  expect((await client.ask('GET', '/api/generate/master/status')).status).toBe(404);
  expect((await client.ask('GET', '/api/tasks/master_00000000/status')).status).toBe(404);
  expect((await client.ask('DELETE', '/api/generate/cancel/historical_0')).status).toBe(404);
  const counts = await client.ask<{ fact_tables: object }>('GET', '/api/dashboard/counts');
  expect(Object.keys(counts.body.fact_tables)).toEqual([...FACT_NAMES]);
  expect((await client.ask('GET', '/api/facts/receipts')).body.preview_rows).toEqual([]);
  expect((await client.ask('GET', '/api/master/stores')).body.preview_rows).toEqual([]);
  const stream = await client.ask('POST', '/api/stream/start', { body: {} });
  expect(stream.status).toBe(400);
  expect(stream.body.detail).toContain('no history');
});

it('writes masters, and tells each table as it is done', async () => {
  const id = await start('/api/generate/master');
  const seen = new Set<string>();
  let view: TaskView;
  do {
    view = (await client.ask<TaskView>('GET', '/api/generate/master/status')).body;
    seen.add(view.message);
    await sleep(5);
  } while (view.finished_at === null);
  expect(view).toMatchObject({ status: 'completed', progress: 1, operation_id: id });
  expect(view.tables_completed).toEqual([...DIMENSION_NAMES]);
  expect([...seen].some((message) => /^\d+\/\d+ tables complete/.test(message))).toBe(true);
  await client.over(id);
  for (const name of DIMENSION_NAMES) {
    expect(existsSync(path.join(client.root, 'master', `${name}.csv`)), name).toBe(true);
  }
  const { body } = await client.ask('GET', '/api/master/tables');
  expect(body.rows).toMatchObject({ stores: 3, distribution_centers: 2, customers: 600 });
  const there = await client.ask('POST', '/api/generate/master/stores');
  expect(there.body).toMatchObject({ success: true, operation_id: null });
  const one = await start('/api/generate/master/stores?force_regenerate=true');
  expect((await client.over(one)).message).toContain('1/1');
  expect((await client.ask('POST', '/api/generate/master/nosuch')).status).toBe(404);
});

it('explains the default range, and tells what one takes before it is started', async () => {
  const { body } = await client.ask('GET', '/api/generate/historical/default-range');
  expect(body).toMatchObject({ start_date: '2024-01-01T00:00:00.000Z', is_continuation: false });
  expect(body.explanation).toContain('There is no history yet');
  const estimate = await client.ask<{ days: number; rows: number }>(
    'POST',
    '/api/generate/estimate',
    {
      body: { end_date: '2024-01-03' },
    },
  );
  expect(estimate.body).toMatchObject({ days: 2, fits: true, is_large: false });
  expect(estimate.body.rows).toBeGreaterThan(1000);
});

it.each([
  [{ end_date: 'yesterday' }, 'end_date'],
  [{ end_date: '2023-01-01' }, ''],
  [{ start_date: '2024-02-30' }, 'start_date'],
  [{ start_date: '1800-01-01' }, 'start_date'],
  [{ end_date: '9999-12-31' }, 'end_date'],
  [{ from: '2024-01-01' }, 'from'],
  [{ scenarios: ['../../etc/passwd'] }, 'scenarios.0'],
  [{ scenarios: 'holiday' }, 'scenarios'],
])('refuses the range %j', async (body, field) => {
  const { status, text } = await client.ask('POST', '/api/generate/historical', { body });
  expect(status).toBe(400);
  expect(text).toContain(field);
});

it.each(['/api/generate/historical', '/api/generate/historical/receipts'])(
  'starts nothing by %s that it was not asked for',
  async (url) => {
    for (const [query, body, field] of [
      ['?end=2024-01-02', {}, 'end'],
      ['', { end_date: '2024-01-02', nonsense: 1 }, 'nonsense'],
      ['', { end_date: 'never' }, 'end_date'],
    ] as const) {
      const answer = await client.ask('POST', `${url}${query}`, { body });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain(field);
    }
  },
);

it('tells a day that is out of range from a text that is none', async () => {
  const refused = async (start_date: string) =>
    (await client.ask('POST', '/api/generate/master', { body: { start_date } })).body;
  expect((await refused('1850-01-01')).detail).toBe('start_date is out of range.');
  expect((await refused('1850-01-01')).errors).toEqual([
    { field: 'start_date', detail: expect.stringContaining('choose an instant there') },
  ]);
  expect((await refused('someday')).detail).toBe('start_date is not an instant.');
});

it('refuses a very large run unless it is confirmed', async () => {
  const { status, body } = await client.ask('POST', '/api/generate/historical', {
    body: { end_date: '2199-12-31' },
  });
  expect([409, 507]).toContain(status);
  expect(body.detail).toMatch(/About .* rows/);
});

it('makes history as a task; a second one meets a conflict with its id', async () => {
  const id = await start('/api/generate/historical', { end_date: '2024-01-03' });
  const second = await client.ask('POST', '/api/generate/historical', {
    body: { end_date: '2024-01-04' },
  });
  expect(second.status).toBe(409);
  expect(second.body.task_id).toBe(id);
  for (const [method, url, body] of [
    ['POST', '/api/generate/master'],
    ['POST', '/api/stream/dlq/retry'],
    ['POST', '/api/config/reset'],
    ['PUT', '/api/config', { seed: 3 }],
    ['PUT', '/api/stream/config', { burst: 3 }],
    ['DELETE', '/api/generation/clear'],
  ] as const) {
    const answer = await client.ask(method, url, { body });
    expect(answer.status, url).toBe(409);
    expect(answer.body.task_id).toBe(id);
  }
  const active = await client.ask<{ count: number }>('GET', '/api/tasks/active');
  expect(active.body.count).toBe(1);
  const view = await client.over(id);
  expect(view).toMatchObject({ status: 'completed', progress: 1 });
  expect(view.tables_completed).toEqual([...DIMENSION_NAMES, ...FACT_NAMES]);
  expect(await status()).toMatchObject({
    has_historical_data: true,
    last_generated_timestamp: '2024-01-03T00:00:00.000Z',
  });
});

it('cancels at a consistent instant: a sound world, with the counts of its files', async () => {
  const id = await start('/api/generate/historical', { end_date: '2024-06-01' });
  // It has to be under way: a job that is cancelled before it begins does a first step.
  for (let rows = 0; rows === 0; ) {
    await sleep(20);
    rows = (await client.ask<TaskView>('GET', `/api/tasks/${id}/status`)).body.rows ?? 0;
  }
  const cancel = await client.ask('DELETE', `/api/generate/cancel/${id}`);
  expect(cancel.status).toBe(200);
  const view = await client.over(id);
  expect(view.status).toBe('cancelled');
  expect(view.message).toContain('consistent');
  expect((await client.ask('DELETE', `/api/generate/cancel/${id}`)).status).toBe(409);
  const { last_generated_timestamp: reached } = await status();
  expect(reached).toBe(view.simulated_time);
  const report = await verifyWorld(client.root);
  expect(report.broken).toBe(0);
  const { body } = await client.ask<{ fact_tables: Record<string, number> }>(
    'GET',
    '/api/dashboard/counts',
  );
  const total = Object.values(body.fact_tables).reduce((sum, rows) => sum + rows, 0);
  expect(total).toBe(report.factRows);
  const range = await client.ask('GET', '/api/generate/historical/default-range');
  expect(range.body).toMatchObject({ is_continuation: true, start_date: reached });
});

it('refuses to go on with another config at once, and says where they differ', async () => {
  expect(await status()).toMatchObject({ obstacle: null });
  await client.ask('PUT', '/api/config', { body: { seed: 77 } });
  const { obstacle } = await status();
  expect(obstacle).toContain('seed was 5, and is now 77');
  for (const [url, body] of [
    ['/api/generate/historical', { end_date: '2024-08-01' }],
    ['/api/generate/master', { force_regenerate: true }],
    ['/api/stream/start', { sink: 'blackhole' }],
  ] as const) {
    const refused = await client.ask('POST', url, { body });
    expect(refused.status, url).toBe(400);
    expect(refused.body.detail).toBe(obstacle);
  }
  await client.ask('PUT', '/api/config', { body: { seed: 5 } });
  expect(await status()).toMatchObject({ obstacle: null });
});

it('is removed only with three confirmations', async () => {
  const foreign = path.join(client.root, 'facts', 'mine.txt');
  writeFileSync(foreign, 'mine');
  const challenge = async () =>
    (
      await client.ask<{ challenge: string; phrase: string; files: number }>(
        'POST',
        '/api/generation/clear/challenge',
      )
    ).body;
  const { challenge: token, phrase, files } = await challenge();
  expect(files).toBeGreaterThan(50);
  const remove = (body?: object) =>
    client.ask<Operation>('DELETE', '/api/generation/clear', body === undefined ? {} : { body });
  const good = { challenge: token, phrase, files };
  for (const wrong of [
    undefined,
    { ...good, challenge: 'guessed' },
    { ...good, phrase: 'yes' },
    { ...good, files: files + 1 },
  ]) {
    expect((await remove(wrong)).status).toBe(428);
  }
  expect(await status()).toMatchObject({ has_historical_data: true });
  const { status: code, body } = await remove(good);
  expect(code).toBe(200);
  const { tasks } = client.control.services;
  const told = new Set<number>();
  tasks.onChange = () => told.add(tasks.latest('clear')?.view.progress ?? 0);
  const over = await client.over(body.operation_id);
  expect(over).toMatchObject({ status: 'completed', progress: 1 });
  expect([...told].some((progress) => progress > 0 && progress < 1)).toBe(true);
  expect(await status()).toMatchObject({ has_historical_data: false, has_masters: false });
  expect(readdirSync(client.root, { recursive: true })).toEqual(['facts', 'facts/mine.txt']);
  expect((await remove(good)).status).toBe(428);
});

it('runs the trial of a scenario', async () => {
  const id = await start('/api/scenarios/baseline/run');
  await sleep(100);
  await client.ask('DELETE', `/api/generate/cancel/${id}`);
  expect(['cancelled', 'completed']).toContain((await client.over(id)).status);
  expect(await status()).toMatchObject({ scenarios: ['baseline'] });
});

it('outlives a thread that is lost, and the world goes on from its last commit', async () => {
  const id = await start('/api/generate/historical', { end_date: '2024-12-01' });
  const { engine, tasks } = client.control.services;
  while ((tasks.running?.view.rows ?? 0) === 0) await sleep(20);
  const { running } = engine as unknown as {
    running: { thread: { terminate(): Promise<number> } };
  };
  await running.thread.terminate();
  const view = await client.over(id);
  expect(view.status).toBe('failed');
  expect(view.error_message).toContain('ended unexpectedly');
  const before = (await status()).last_generated_timestamp as string | null;
  const next = new Date(Date.parse(before ?? '2024-01-01') + 3_600_000).toISOString();
  const again = await start('/api/generate/historical', { end_date: next });
  expect((await client.over(again)).message).toContain(next);
});

it('does not begin while another program is at work on the world', async () => {
  const lock = path.join(client.root, 'checkpoint', 'run.lock');
  writeFileSync(lock, `${process.ppid} ${os.hostname()} ${Date.now()}\n`);
  const { status: code, body } = await client.ask('POST', '/api/generate/historical');
  rmSync(lock);
  expect(code).toBe(409);
  expect(body.detail).toContain(`process ${process.ppid}`);
});
