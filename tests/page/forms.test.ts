/** What the forms compute: fields of the config, faults in words, pages of a table, tasks to show. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { faultWords } from '../../src/page/config/fault-words.ts';
import { asValue, fieldsOf, type SchemaNode } from '../../src/page/config/fields.ts';
import { span } from '../../src/domain/format.ts';
import { isShown, newestHere } from '../../src/page/lib/newest-task.ts';
import { paced } from '../../src/page/lib/pace.ts';
import { whyNotNow } from '../../src/page/lib/readiness.ts';
import { pageOf, pagesOf } from '../../src/page/tables/pages.ts';
import type { TaskKind, TaskStatus, TaskView } from '../../src/api/shapes/task.ts';
import { CONFIG, UNUSED_KEYS } from '../../src/world/config-schema.ts';

const SCHEMA = z.toJSONSchema(CONFIG, { io: 'input', unrepresentable: 'any' }) as SchemaNode;

describe('the fields of the config', () => {
  const fields = fieldsOf(SCHEMA);

  it('are all that the schema has, without paths and what nothing depends on', () => {
    const leaves = Object.entries(SCHEMA.properties ?? {}).flatMap(([section, { properties }]) =>
      properties === undefined
        ? [section]
        : Object.keys(properties).map((key) => `${section}.${key}`),
    );
    const unused = UNUSED_KEYS.map((keys) => keys.join('.'));
    // What a sink of one's own takes is not known here: such a section is edited in the file.
    const wanted = leaves.filter(
      (leaf) => !leaf.startsWith('paths.') && leaf !== 'sinks' && !unused.includes(leaf),
    );
    expect(fields.map(({ path }) => path)).toEqual(wanted);
    expect(wanted).toContain('realtime.keyvault_url');
  });

  it.each(['realtime.azure_namespace', 'volume.refrigerated_trucks'])(
    '%s can be emptied, which is null',
    (path) => {
      const field = fields.find((each) => each.path === path);
      expect(field?.canBeEmpty).toBe(true);
      expect(asValue(field!, '')).toBeNull();
    },
  );
});

it.each([
  ['volume.stores is -1: expected a whole number from 1 to 9999', 'Expected a whole number'],
  [
    'volume.dc_initial_inventory_min is 9000: expected at most volume.dc_initial_inventory_max, which is 5000',
    'Expected at most “DC initial inventory max”, which is 5000',
  ],
  ['realtime.burst is "a: b": expected a text', 'Expected a text'],
  ['volume.stors is not a setting', '“Stors” is not a setting'],
])('says %j in words', (detail, words) => {
  expect(faultWords(detail)).toMatch(new RegExp(`^${words}`));
});

describe('the pages of a table', () => {
  it('reach as far as rows are available', () => {
    expect(pagesOf(4000, false)).toBe(80);
    expect(pagesOf(4001, false)).toBe(81);
    expect(pagesOf(0, false)).toBe(1);
    expect(pagesOf(1_000_000, false)).toBe(201);
    expect(pagesOf(1_000_000, true)).toBe(100);
    expect(pagesOf(undefined, false)).toBe(201);
  });

  it('have numbers that the user can type', () => {
    expect([' 7', '80', '1'].map((text) => pageOf(text, 80))).toEqual([7, 80, 1]);
    for (const text of ['', '0', '81', '1.5', 'x']) expect(pageOf(text, 80)).toBeUndefined();
  });
});

describe('the task that is shown', () => {
  const task = (kind: TaskKind, status: TaskStatus, operation_id: string = kind) => ({
    kind,
    status,
    operation_id,
  });

  it('is the newest of its kind', () => {
    const list = [task('historical', 'failed', 'a'), task('historical', 'running', 'b')];
    expect(newestHere([...list, task('master', 'completed')], ['historical'])).toBe(list[1]);
    expect(newestHere([], ['historical'])).toBeUndefined();
  });

  it('is none of a world that was removed', () => {
    const old = [task('historical', 'failed'), task('clear', 'completed')];
    expect(newestHere(old, ['historical'])).toBeUndefined();
    expect(newestHere(old, ['clear'])).toBe(old[1]);
    const next = task('historical', 'cancelled');
    expect(newestHere([...old, next], ['historical'])).toBe(next);
    const kept = [old[0], task('clear', 'failed')];
    expect(newestHere(kept, ['historical'])).toBe(old[0]);
  });

  it('stays if it was interrupted, or was started here', () => {
    expect(isShown(task('master', 'completed', 'a'), undefined)).toBe(false);
    expect(isShown(task('master', 'completed', 'a'), 'a')).toBe(true);
    for (const status of ['running', 'failed', 'cancelled'] as const) {
      expect(isShown(task('master', status), undefined), status).toBe(true);
    }
  });
});

it.each([
  [59_600, '1 min'],
  [599_700, '10 min'],
  [5400, '5 s'],
  [2_075_000, '34 min'],
  [3_599_800, '1 h'],
])('a span of %i ms is %j', (ms, words) => {
  expect(span(ms)).toBe(words);
});

it('says why no task can be started now', () => {
  const running = { status: 'running' } as TaskView;
  const over = { status: 'failed' } as TaskView;
  expect(whyNotNow(null)).toBeUndefined();
  expect(whyNotNow({ tasks: [over], otherProgram: null })).toBeUndefined();
  expect(whyNotNow({ tasks: [over, running], otherProgram: null })).toContain('nothing else runs');
  expect(whyNotNow({ tasks: [], otherProgram: 'process 7' })).toContain('process 7, has ended');
});

describe('work that is asked for too often', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is done at once, then once for all requests within its interval', () => {
    const work = vi.fn();
    const pace = paced(work, 2000);
    pace.ask();
    expect(work).toHaveBeenCalledTimes(1);
    for (let at = 0; at < 1900; at += 100) {
      pace.ask();
      vi.advanceTimersByTime(100);
    }
    expect(work).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    expect(work).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(10_000);
    expect(work).toHaveBeenCalledTimes(2);
    pace.ask();
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('is cancelled with its requester', () => {
    const work = vi.fn();
    const pace = paced(work, 2000);
    pace.ask();
    pace.ask();
    pace.end();
    vi.advanceTimersByTime(10_000);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
