/** A server that is killed during tasks, and the next one with the same world. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { TaskView } from '../../src/api/shapes/task.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';
import { type SimProcess, startSim } from '../run/sim-process.ts';
import { testClient } from './client.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-crash-'));
const servers: SimProcess[] = [];
const kill = async (server: SimProcess) => {
  server.child.kill('SIGKILL');
  await server.ended;
};
afterEach(() => Promise.all(servers.splice(0).map(kill)));
afterAll(() => rmSync(base, { recursive: true, force: true }));

interface Running {
  readonly process: SimProcess;
  ask<Body = Record<string, unknown>>(method: string, url: string, body?: unknown): Promise<Body>;
}

async function serve(...args: string[]): Promise<Running> {
  const process = startSim(['serve', ...args, '--port', '0', '--json']);
  servers.push(process);
  for await (const line of createInterface({ input: process.child.stdout! })) {
    const { port } = JSON.parse(line) as { port: number };
    return {
      process,
      ask: async (method, url, body) => {
        const response = await fetch(`http://127.0.0.1:${port}${url}`, {
          method,
          ...(body !== undefined && {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
        });
        return (await response.json()) as never;
      },
    };
  }
  throw new Error(`sim serve ended:\n${(await process.ended).stderr}`);
}

/** Asks until the answer is as wanted. */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await sleep(50);
  }
}

interface Status {
  readonly last_generated_timestamp: string | null;
  readonly interrupted: TaskView | null;
  readonly running: TaskView | null;
}
interface Ledger {
  readonly generated: number;
  readonly acknowledged: number;
}
interface Stream {
  readonly is_streaming: boolean;
  readonly interrupted: TaskView | null;
  readonly ledger: Ledger | null;
}

it('shows after kill -9 which task was interrupted, and its progress, and continues it', {
  timeout: 600_000,
}, async () => {
  const out = path.join(base, 'world');
  const config = path.join(base, 'config.json');
  writeFileSync(config, JSON.stringify({ volume: SMALL_VOLUME }));
  // Far enough that no machine reaches it before the second server is told to stop.
  const end_date = '2029-01-01';

  // A history, killed after its first commit.
  const first = await serve(out, '--config', config, '--seed', '11');
  const begun = await first.ask('POST', '/api/generate/historical', { end_date });
  const id = begun.operation_id as string;
  const status = (server: Running) => server.ask<Status>('GET', '/api/generation/status');
  const before = await until(
    () => status(first),
    (now) => now.last_generated_timestamp !== null,
  );
  expect(before.running?.task_id).toBe(id);
  await kill(first.process);

  // The next server knows the world, its task, and how far it came. No flag is repeated.
  const second = await serve(out);
  const after = await status(second);
  expect(after).toMatchObject({ seed: 11, obstacle: null, running: null });
  expect(after.interrupted).toMatchObject({ task_id: id, status: 'interrupted', can_resume: true });
  const task = await second.ask<TaskView>('GET', `/api/tasks/${id}/status`);
  expect(task).toEqual(after.interrupted);
  expect(await second.ask('GET', `/api/generate/historical/status?operation_id=${id}`)).toEqual(
    task,
  );
  const reached = after.last_generated_timestamp as string;
  expect(reached >= (before.last_generated_timestamp as string)).toBe(true);
  expect(task.simulated_time).toBe(reached);
  expect(task.message).toContain(
    `The history is complete up to ${reached} of ${end_date}T00:00:00.000Z.`,
  );
  expect(task.message).toContain(`POST /api/tasks/${id}/resume continues it.`);
  const [fromMs, toMs] = [Date.parse('2024-01-01'), Date.parse(end_date)];
  expect(task.progress).toBeCloseTo((Date.parse(reached) - fromMs) / (toMs - fromMs), 6);
  expect(task.finished_at).not.toBeNull();

  // It goes on from there, and is offered no more; a stop in between is none of a crash.
  const resumed = await second.ask('POST', `/api/tasks/${id}/resume`);
  expect(resumed).toMatchObject({ success: true });
  const next = resumed.operation_id as string;
  await until(
    () => status(second),
    (now) => (now.last_generated_timestamp as string) > reached,
  );
  expect((await status(second)).interrupted).toBeNull();
  expect(await second.ask('POST', `/api/tasks/${id}/resume`)).toMatchObject({ status: 409 });
  await second.ask('DELETE', `/api/generate/cancel/${next}`);
  await until(
    () => status(second),
    (now) => now.running === null,
  );
  // Until its own thread has let go of the world, that is a program at work, which may be another one.
  const old = await until(
    () => second.ask<TaskView>('GET', `/api/tasks/${id}/status`),
    ({ message }) => !message.includes('is using the world'),
  );
  expect(old).toMatchObject({ status: 'interrupted', can_resume: false });
  expect(old.message).toContain(`The task ${next} continues it.`);

  // A stream, killed while events are acknowledged.
  const request = {
    speed: 36_000,
    sink: 'blackhole',
    duration_minutes: 60,
    events: ['ble_ping_detected', 'receipt_created'],
  };
  const started = await second.ask('POST', '/api/stream/start', request);
  const stream = (server: Running) => server.ask<Stream>('GET', '/api/stream/status');
  const seen = await until(
    () => stream(second),
    (now) => (now.ledger?.acknowledged ?? 0) > 0,
  );
  await kill(second.process);

  const third = await serve(out);
  const rest = await stream(third);
  expect(rest.is_streaming).toBe(false);
  expect(rest.interrupted).toMatchObject({
    task_id: started.operation_id,
    kind: 'streaming',
    status: 'interrupted',
    can_resume: true,
  });
  expect(rest.interrupted?.message).toContain('The stream had delivered all events up to 202');
  // The ledger of the earlier server.
  expect(rest.ledger?.acknowledged).toBeGreaterThanOrEqual(seen.ledger?.acknowledged ?? 1);
  expect(await third.ask('GET', '/api/stream/statistics')).toMatchObject({
    events_sent_successfully: rest.ledger?.acknowledged,
    ledger: rest.ledger,
  });
  const on = await third.ask('POST', `/api/tasks/${started.operation_id as string}/resume`);
  const going = await until(
    () => stream(third),
    (now) => now.is_streaming && (now.ledger?.acknowledged ?? 0) > (rest.ledger?.acknowledged ?? 0),
  );
  expect(going.interrupted).toBeNull();
  expect(await third.ask('GET', '/api/stream/status')).toMatchObject({
    operation_id: on.operation_id,
    speed: 36_000,
  });
  const types = await third.ask<{ events: { event_type: string }[] }>(
    'GET',
    '/api/stream/events/recent',
  );
  expect(new Set(types.events.map(({ event_type }) => event_type)).size).toBeLessThanOrEqual(2);
  await third.ask('POST', '/api/stream/stop');
  await until(
    () => stream(third),
    (now) => !now.is_streaming,
  );
});

describe('tasks that the folder keeps', () => {
  const kept = (out: string) => worldPaths(out).tasks;

  it('contain no settings, remain after the end of the server, and are removed with the world', async () => {
    const out = path.join(base, 'kept');
    const secret = 'Endpoint=sb://h/;SharedAccessKeyName=a;SharedAccessKey=hiddenword';
    const client = await testClient({
      out,
      raw: { realtime: { azure_connection_string: secret } },
    });
    const { body } = await client.ask('POST', '/api/generate/historical', {
      body: { end_date: '2024-01-02' },
    });
    await client.over(body.operation_id);
    await client.control.close();
    expect(readFileSync(kept(out), 'utf8')).not.toMatch(/hiddenword|settings/);
    const again = await testClient({ out });
    try {
      const url = `/api/tasks/${body.operation_id as string}/status`;
      const { body: found } = await again.ask('GET', url);
      expect(found).toMatchObject({ status: 'completed', can_resume: false, progress: 1 });
      const { body: active } = await again.ask('GET', '/api/tasks/active');
      expect(active).toMatchObject({ count: 0, recent: [{ task_id: body.operation_id }] });
      const { body: challenge } = await again.ask('POST', '/api/generation/clear/challenge');
      const { challenge: word, phrase, files } = challenge;
      const cleared = await again.ask('DELETE', '/api/generation/clear', {
        body: { challenge: word, phrase, files },
      });
      await again.over(cleared.body.operation_id);
      expect(existsSync(path.dirname(kept(out)))).toBe(false);
      expect((await again.ask('GET', url)).status).toBe(404);
    } finally {
      await again.close();
      await client.close();
    }
  });

  it('are discarded on request, and ignored if damaged', async () => {
    const out = path.join(base, 'left');
    const client = await testClient({ out });
    const { body } = await client.ask('POST', '/api/generate/master');
    await client.over(body.operation_id);
    await client.close();
    const records = JSON.parse(readFileSync(kept(out), 'utf8')) as {
      view: { status: string; finished_at: string | null };
    }[];
    records[0].view.status = 'running';
    records[0].view.finished_at = null;
    writeFileSync(kept(out), JSON.stringify([{ view: 'damaged' }, ...records]));
    const again = await testClient({ out });
    try {
      const status = async () => (await again.ask('GET', '/api/generation/status')).body;
      expect(await status()).toMatchObject({ interrupted: { task_id: body.operation_id } });
      const url = `/api/generate/cancel/${body.operation_id as string}`;
      expect((await again.ask('DELETE', url)).status).toBe(200);
      expect(await status()).toMatchObject({ interrupted: null });
      expect((await again.ask('DELETE', url)).status).toBe(409);
      writeFileSync(kept(out), '[{');
      expect((await again.ask('GET', '/api/tasks/active')).body).toMatchObject({ recent: [] });
      const masters = await again.ask('POST', '/api/generate/master');
      await again.over(masters.body.operation_id);
      expect(JSON.parse(readFileSync(kept(out), 'utf8'))).toHaveLength(1);
    } finally {
      await again.close();
    }
  });
});
