/**
 * Clients in Java, Go and Python read a few hundred thousand events, stored ones and some that are sent meanwhile:
 * each once, none missing, in order, with body and properties as sent. They run with `npm run test:long`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EventHubProducerClient } from '@azure/event-hubs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_ENTITY, type Hub, startHub } from '../../src/hub/hub.ts';
import { IS_LONG } from '../helpers/long.ts';
import { ENTITY } from '../hub/clients.ts';
import { eventReaders, readEvents } from './event-readers.ts';
import { Comparison, NumberedEvents } from './numbered-events.ts';

/** Of each of 64 keys. */
const STORED = 6_000;
const MEANWHILE = 500;
const RETENTION_BYTES = 256 * 1024 * 1024;

describe.skipIf(!IS_LONG)('every event of the hub (npm run test:long)', () => {
  const base = mkdtempSync(path.join(os.tmpdir(), 'event-readers-'));
  const events = new NumberedEvents();
  let hub: Hub;

  async function send(perKey: number): Promise<void> {
    const producer = new EventHubProducerClient(hub.connectionString(ENTITY));
    await events.send(producer, perKey);
    await producer.close();
  }

  beforeAll(async () => {
    hub = await startHub({ port: 0, retentionBytes: RETENTION_BYTES });
    await send(STORED);
  }, 600_000);
  afterAll(async () => {
    await hub?.close();
    rmSync(base, { recursive: true });
  });

  for (const { name, missing, prepare } of IS_LONG ? eventReaders() : []) {
    const title = `is read by the SDK for ${name}`;
    const because = missing === undefined ? '' : ` (skipped: ${missing})`;
    it.skipIf(missing !== undefined)(`${title}${because}`, { timeout: 600_000 }, async () => {
      const command = await prepare(mkdtempSync(path.join(base, 'reader-')));
      const comparison = new Comparison();
      const expected = events.count + MEANWHILE * 64;
      const add = comparison.add.bind(comparison);
      const connection = hub.connectionString(ENTITY);
      await Promise.all([readEvents(command, connection, expected, add), send(MEANWHILE)]);
      expect(comparison.mismatches).toEqual([]);
      expect(comparison.partitions).toBe(DEFAULT_ENTITY.partitionCount);
      expect(comparison.events).toBe(expected);
      expect(hub.stats().brokenConnections).toBe(0);
    });
  }
});
