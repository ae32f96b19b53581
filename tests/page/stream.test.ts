/** What the page makes of a stream and its disruptions, without a browser. */
import { describe, expect, it } from 'vitest';
import { DISRUPTION_TYPES, isHitWholly } from '../../src/page/lib/disruption-words.ts';
import { KeptPoints } from '../../src/page/lib/kept-points.ts';
import { targetChoices, targetFields, targetOf } from '../../src/page/stream/disruption-target.ts';
import { USUAL_CAP, whenEmpty } from '../../src/page/stream/rate-cap-words.ts';
import { choose, startChoice, startRequest } from '../../src/page/stream/start-choice.ts';
import { REQUESTED_TYPES, TARGET_KINDS } from '../../src/domain/requested-disruption.ts';
import { publisherSettings } from '../../src/stream/publisher-settings.ts';
import { configOf } from '../../src/world/config.ts';

describe('the points of a chart', () => {
  it('have a gap where a stream ended and another began', () => {
    const points = new KeptPoints(2, 100, 5);
    points.add(10, [1, 2]);
    points.add(10.5, [3, 4]);
    points.interrupt();
    points.interrupt();
    points.add(12, [5, 6]);
    points.add(12.5, [7, 8]);
    expect(points.lines).toEqual([
      [1, 3, null, 5, 7],
      [2, 4, null, 6, 8],
    ]);
    expect(points.times).toEqual([10, 10.5, 11.25, 12, 12.5]);
  });

  it('have one after a long time without status, and none before the first point', () => {
    const points = new KeptPoints(1, 100, 5);
    points.interrupt();
    for (const time of [10, 15, 21]) points.add(time, [time]);
    expect(points.lines).toEqual([[10, 15, null, 21]]);
  });

  it('are the latest ones', () => {
    const points = new KeptPoints(1, 3, 5);
    for (const time of [1, 2, 3, 4]) points.add(time, [time]);
    points.interrupt();
    points.add(6, [6]);
    expect(points.times).toEqual([4, 5, 6]);
    expect(points.lines).toEqual([[4, null, 6]]);
  });
});

describe('the targets of a disruption', () => {
  const names = {
    placeName: (kind: string, id: number) => `${kind} ${id}`,
    truckName: (id: number) => `truck ${id}`,
  };
  const place = { name: 'X', city: 'Y', state: 'OH', lat: 0, lon: 0 };
  const world = {
    dcs: [{ id: 1, ...place }],
    stores: [{ id: 2, ...place, dcId: 1, format: 'small', timeZone: 'UTC' }],
    trucks: [{ id: 3, plate: 'T3', dcId: 1, refrigerated: false }],
  };

  it('are of the kinds that the world knows for each type', () => {
    expect(DISRUPTION_TYPES.map(({ type }) => type)).toEqual([...REQUESTED_TYPES]);
    for (const { type, targets } of DISRUPTION_TYPES) {
      expect(targets.map((kind) => `${kind}s`)).toEqual([...TARGET_KINDS[type]]);
    }
  });

  it.each([
    ['dc_outage', ['all', 'dc:1']],
    ['inventory_shortage', ['all', 'dc:1', 'product']],
    ['truck_breakdown', ['all', 'dc:1', 'truck:3']],
    ['weather_delay', ['all', 'dc:1', 'store:2']],
    ['supplier_delay', ['all', 'dc:1', 'supplier']],
  ])('of %s are offered', (type, values) => {
    const { targets } = DISRUPTION_TYPES.find((each) => each.type === type)!;
    const choices = targetChoices(targets, world, names).flatMap(({ choices }) => choices);
    expect(choices.map(({ value }) => value)).toEqual(values);
  });

  it.each([
    ['truck:5', true],
    ['product:7', true],
    ['truck:5,6', false],
    ['dc:1 product:7', false],
    ['dc:1', false],
    ['all', false],
  ])('%s is hit or not: %s', (target, wholly) => expect(isHitWholly(target)).toBe(wholly));

  it('go out as the API wants them', () => {
    expect(targetFields(targetOf('all', '7'))).toEqual({});
    expect(targetFields(targetOf('store:2', '7'))).toEqual({ target_kind: 'store', target_id: 2 });
    expect(targetFields(targetOf('supplier', '07'))).toEqual({
      target_kind: 'supplier',
      target_id: 7,
    });
  });
});

describe('the cap on the rate', () => {
  const empty = { typed: '', configured: null };

  it("has the stream's default for its missing half", () => {
    const { realtime } = configOf({});
    const burst = publisherSettings({ ...realtime, emit_interval_ms: 20, burst: null }).rateCap;
    expect(burst?.burst).toBe(USUAL_CAP.burst);
    const interval = publisherSettings({ ...realtime, emit_interval_ms: null, burst: 5 }).rateCap;
    expect(interval?.intervalMs).toBe(USUAL_CAP.intervalMs);
  });

  it.each([
    [empty, empty, 'No cap if both are left empty.'],
    [empty, { typed: '50', configured: null }, '100 if left empty.'],
    [empty, { typed: '', configured: 50 }, '100 if left empty.'],
    [{ typed: '', configured: 30 }, empty, '30 if left empty, by the config.'],
  ])('says what an empty half means: %j beside %j', (half, other, text) => {
    expect(whenEmpty(half, other, USUAL_CAP.burst)).toBe(text);
  });
});

it('chosen values of a stream stay, and empty ones are not sent', () => {
  choose({ speed: 'max', interval: '20' });
  choose({ events: ['receipt_created'] });
  expect(startRequest(startChoice.value)).toEqual({
    speed: 'max',
    catch_up: 'none',
    also_csv: false,
    emit_interval_ms: 20,
    events: ['receipt_created'],
  });
});

it('a rate is sent instead of a speed, without the cap typed for a speed', () => {
  choose({ speed: 'rate', rate: '250', interval: '20', burst: '5', events: [] });
  expect(startRequest(startChoice.value)).toEqual({ rate: 250, catch_up: 'none', also_csv: false });
});
