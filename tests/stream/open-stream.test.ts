/** A stream opened from config and folder, over two runs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openStream } from '../../src/stream/open-stream.ts';
import { streamTarget } from '../../src/stream/stream-target.ts';
import { sinkNamed } from '../../src/sinks/registry.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { publisherSettings } from '../../src/stream/publisher-settings.ts';
import { worldContent } from '../../src/store/world-files.ts';
import { readJournal } from '../../src/delivery/journal-access.ts';
import { configOf } from '../../src/world/config.ts';
import { eventAt, events, offerAll } from '../delivery/publishing.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'open-stream-'));
afterAll(() => rmSync(base, { recursive: true }));

const config = configOf({ realtime: { batch_timeout_ms: 5 } });

it('continues at the end of the last run', async () => {
  const paths = worldPaths(path.join(base, 'w'));
  const open = async () =>
    openStream({
      config,
      paths,
      base: 'c1',
      sink: (await streamTarget('ndjson', config, paths)).sink,
    });
  const first = await open();
  await offerAll(first.publisher, events(2, 50));
  await first.publisher.flush();
  await first.close();
  const second = await open();
  await offerAll(second.publisher, events(2, 80));
  second.publisher.offer(eventAt(0, 80, 7, 1 << 24), 0, 80);
  await second.publisher.flush();
  expect(second.publisher.status().skipped).toBe(100);
  await second.close();
  const ids = readFileSync(paths.events, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).event_id);
  expect(ids).toEqual([...events(2, 80)].map(([{ eventId }]) => eventId));
  expect(readFileSync(paths.deadLetters, 'utf8')).toContain('"category":"oversized"');
  expect(readJournal(paths.journal)?.ledger.total()).toMatchObject({
    acknowledged: 160,
    deadLettered: 1,
    inFlight: 0,
  });
  // `sim clear` knows what it made.
  const { own, foreign } = worldContent(paths);
  expect(own.map((file) => path.basename(file)).sort()).toEqual([
    'dead-letters.ndjson',
    'delivery.journal',
    'events.ndjson',
  ]);
  expect(foreign).toEqual([]);
});

it('without dead letters, an event that does not fit ends it', async () => {
  const paths = worldPaths(path.join(base, 'strict'));
  const strict = configOf({ realtime: { enable_dead_letter_queue: false, batch_timeout_ms: 5 } });
  const { sink } = await streamTarget('ndjson', strict, paths);
  const { publisher, close } = await openStream({ config: strict, paths, sink, base: 'c1' });
  publisher.offer(eventAt(0, 0, 7, 1 << 24), 0, 0);
  await expect(publisher.flush()).rejects.toThrow('realtime.enable_dead_letter_queue');
  await close();
});

describe('settings', () => {
  it('have the units of the publisher', () => {
    const { breaker, backoff, rateCap } = publisherSettings(config.realtime);
    expect(breaker).toEqual({ failureThreshold: 5, firstWaitMs: 5_000, longestWaitMs: 60_000 });
    expect(backoff).toEqual({
      firstMs: 100,
      multiplier: 2,
      longestMs: 30_000,
      retriesPerRound: 3,
      firstRestMs: 5_000,
    });
    expect(rateCap).toBeUndefined();
  });

  it.each([
    [
      { emit_interval_ms: 500, burst: 100 },
      { intervalMs: 500, burst: 100 },
    ],
    [{ burst: 7 }, { intervalMs: 500, burst: 7 }],
    [{ emit_interval_ms: 20 }, { intervalMs: 20, burst: 100 }],
  ])('cap the rate where the config says so: %o', (realtime, cap) => {
    expect(publisherSettings(configOf({ realtime }).realtime).rateCap).toEqual(cap);
  });

  it('can do without a circuit breaker', () => {
    const { realtime } = configOf({ realtime: { circuit_breaker_enabled: false } });
    expect(publisherSettings(realtime).breaker).toBeUndefined();
  });
});

it('knows the names of the sinks, and suggests one', () => {
  expect(sinkNamed('stdout').name).toBe('stdout');
  expect(() => sinkNamed('event-hub')).toThrow('did you mean event-hubs?');
});
