/** The range that is taken without dates, for a world that has a history. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';
import { testClient } from './client.ts';

const FROM = Date.UTC(2024, 0, 1);
const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 10, 29, 5);

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(FROM, FROM + HOUR_MS);
});
afterAll(() => world.remove());

async function rangeWith(performance: object) {
  const { root } = world.copy();
  const client = await testClient({
    out: root,
    raw: { performance: { max_workers: 1, ...performance } },
    nowMs: () => NOW_MS,
  });
  try {
    const { body } = await client.ask('GET', '/api/generate/historical/default-range');
    const estimate = await client.ask('POST', '/api/generate/estimate', { body: {} });
    return { range: body, estimate: estimate.body };
  } finally {
    await client.close();
  }
}

it('reaches the last midnight where the disk has room for that', async () => {
  const { range, estimate } = await rangeWith({});
  expect(range).toMatchObject({
    start_date: '2024-01-01T01:00:00.000Z',
    end_date: '2026-11-29T00:00:00.000Z',
    is_continuation: true,
    is_empty: false,
  });
  expect(range.explanation).toContain('to the last midnight, 2026-11-29 UTC');
  expect(estimate).toMatchObject({ end: range.end_date, fits: true });
});

it('is a week, to a midnight, where it has not, and says why', async () => {
  const { range, estimate } = await rangeWith({ disk_reserve_mb: 900_000_000 });
  expect(range).toMatchObject({
    start_date: '2024-01-01T01:00:00.000Z',
    end_date: '2024-01-09T00:00:00.000Z',
    is_continuation: true,
  });
  expect(range.explanation).toMatch(
    /^The history reaches 2024-01-01 01:00\. It continues .* for a week, to 2024-01-09 UTC: the range up to the last midnight would take about [\d.]+ [MG]B, and .* are free\.$/,
  );
  expect(estimate).toMatchObject({ end: range.end_date });
});
