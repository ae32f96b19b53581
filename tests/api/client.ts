/** A control server without a socket, and a client that holds every answer against the OpenAPI document. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Control, type ControlOptions, createControl } from '../../src/api/control.ts';
import type { TaskView } from '../../src/api/shapes/task.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';
import { OpenApi } from './open-api.ts';

/** One thread for the regions: two more take longer to start than these worlds to run. */
const BASE = { seed: 5, volume: SMALL_VOLUME, performance: { max_workers: 1 } };

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

export interface AskOptions {
  readonly body?: unknown;
  /** As it is, instead of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Client {
  readonly control: Control;
  readonly openApi: OpenApi;
  readonly root: string;
  readonly faults: Error[];
  /** Asks, and throws if the answer is not as documented. */
  ask<Body = Record<string, unknown>>(
    method: string,
    url: string,
    options?: AskOptions,
  ): Promise<Answer<Body>>;
  /** Waits until a task is over. */
  over(id: unknown): Promise<TaskView>;
  close(): Promise<void>;
}

export interface ClientOptions extends Partial<ControlOptions> {
  /** What config.json holds besides small volumes. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

/** @param options `out` is a folder of the test's own by default */
export async function testClient({ raw, ...options }: ClientOptions = {}): Promise<Client> {
  const base = mkdtempSync(path.join(os.tmpdir(), 'sim-control-'));
  const root = options.out ?? path.join(base, 'world');
  const config = path.join(base, 'config.json');
  writeFileSync(config, JSON.stringify({ ...BASE, ...raw }));
  const faults: Error[] = [];
  const control = createControl({
    config,
    changeRate: { burst: 1e9, perSecond: 1e9 },
    onFault: (error) => faults.push(error),
    ...options,
    out: root,
  });
  const openApi = await OpenApi.of(control.app);
  const ask: Client['ask'] = async (method, url, { body, raw: text, headers = {} } = {}) => {
    const hasBody = body !== undefined || text !== undefined;
    const response = await control.app.request(url, {
      method,
      headers: {
        host: 'localhost:8000',
        ...(hasBody && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(hasBody && { body: text ?? JSON.stringify(body) }),
    });
    const answer = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const route = decodeURI(new URL(url, 'http://localhost').pathname);
    const fault = openApi.fault(method, route, response.status, type, answer);
    if (fault !== undefined) throw new Error(fault);
    return {
      status: response.status,
      headers: response.headers,
      text: answer,
      body: (type.includes('json') ? JSON.parse(answer) : {}) as never,
    };
  };
  return {
    control,
    openApi,
    root,
    faults,
    ask,
    async over(id) {
      for (;;) {
        const { body } = await ask<TaskView>('GET', `/api/tasks/${id}/status`);
        if (body.finished_at !== null) {
          // The thread lets go of its files a moment later.
          await control.services.jobs.idle();
          return body;
        }
        await sleep(20);
      }
    },
    async close() {
      await control.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
