/** Tasks: one at a time, shown ten times a second at most, with rate and time left. */
import { describe, expect, it } from 'vitest';
import { TableStates } from '../../src/api/jobs/table-states.ts';
import { Problem } from '../../src/api/problem.ts';
import { Tasks } from '../../src/api/tasks.ts';

function tasksAt(startMs = 1_000_000) {
  const clock = { nowMs: startMs };
  return { clock, tasks: new Tasks(() => clock.nowMs) };
}

describe('a task', () => {
  it('shows updates at most every tenth of a second, and loses none', () => {
    const { clock, tasks } = tasksAt();
    const task = tasks.begin('historical', 'Starting');
    let shown = 0;
    let last = task.view.sequence;
    for (let update = 1; update <= 1000; update++) {
      clock.nowMs += 1;
      task.update({ progress: update / 2000, rows: update });
      if (task.view.sequence !== last) shown++;
      last = task.view.sequence;
    }
    expect(shown).toBeLessThanOrEqual(11);
    clock.nowMs += 100;
    expect(task.view).toMatchObject({ progress: 0.5, rows: 1000 });
  });

  it('computes its rate and time left from the last updates', () => {
    const { clock, tasks } = tasksAt();
    const task = tasks.begin('historical', 'Starting');
    for (let second = 0; second <= 10; second++) {
      task.update({ progress: second / 40, rows: second * 500 });
      clock.nowMs += 1000;
    }
    expect(task.view.progress_rate).toBeCloseTo(1 / 40, 3);
    expect(task.view.estimated_seconds_remaining).toBeCloseTo(30, 0);
    expect(task.view.rows_per_second).toBe(500);
    const { estimated_completion, last_update_timestamp } = task.view;
    const leftMs = Date.parse(estimated_completion ?? '') - Date.parse(last_update_timestamp);
    expect(leftMs).toBeCloseTo((task.view.estimated_seconds_remaining ?? 0) * 1000, 0);
  });

  it('reports the state of the tables that were being written', () => {
    const endedAs = (status: 'failed' | 'cancelled') => {
      const { tasks } = tasksAt();
      const task = tasks.begin('historical', 'Starting');
      const states = new TableStates(['stores', 'receipts', 'returns']);
      states.end(['stores', 'trucks']);
      states.begin(['stores', 'receipts']);
      task.update(states.update(0.9999));
      expect(states.words()).toBe('1/3 tables complete');
      expect(states.words(0.424)).toBe('1/3 tables complete, 1 at 42 %');
      expect(states.words(0.9999)).toBe('1/3 tables complete, 1 at 99 %');
      task.end(status, 'Over');
      return task.view;
    };
    expect(endedAs('failed')).toMatchObject({
      tables_completed: ['stores'],
      tables_failed: ['receipts'],
      tables_in_progress: [],
      tables_remaining: ['returns'],
      table_progress: { stores: 1, receipts: 0.999, returns: 0 },
      error: 'Over',
    });
    expect(endedAs('cancelled')).toMatchObject({
      tables_failed: [],
      tables_remaining: ['receipts', 'returns'],
      error: null,
    });
  });

  it('never goes back, and ends once', () => {
    const { clock, tasks } = tasksAt();
    const task = tasks.begin('master', 'Starting');
    task.update({ progress: 0.8 });
    clock.nowMs += 200;
    task.update({ progress: 0.2 });
    clock.nowMs += 200;
    expect(task.view.progress).toBe(0.8);
    task.end('completed', 'Done');
    task.end('failed', 'Never');
    task.update({ progress: 0.1 });
    expect(task.view).toMatchObject({ status: 'completed', progress: 1, message: 'Done' });
    expect(task.view.estimated_seconds_remaining).toBe(0);
  });

  it('shows neither paths nor secrets in its error', () => {
    const { tasks } = tasksAt();
    const task = tasks.begin('master', 'Starting');
    task.end('failed', `Cannot write "${process.cwd()}/w/x.csv": SharedAccessKey=abcdefgh; gone`);
    expect(task.view.error_message).toBe('Cannot write "w/x.csv": SharedAccessKey=***; gone');
  });
});

it('a second one conflicts with the first, which is named', () => {
  const { tasks } = tasksAt();
  const first = tasks.begin('master', 'Starting');
  try {
    tasks.begin('historical', 'Starting');
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 409, taskId: first.id });
  }
  first.end('cancelled', 'Stopped');
  const second = tasks.begin('historical', 'Starting');
  expect(tasks.running).toBe(second);
  expect(first.view.status).toBe('cancelled');
});

it("of a removed world don't belong to the next one", () => {
  const { tasks } = tasksAt();
  const begin = (kind: 'streaming' | 'clear', status: 'completed' | 'failed') => {
    const task = tasks.begin(kind, 'Starting');
    task.end(status, 'Over');
    return task;
  };
  const stream = begin('streaming', 'failed');
  begin('clear', 'failed');
  expect(tasks.latestHere('streaming')).toBe(stream);
  begin('clear', 'completed');
  expect(tasks.latestHere('streaming')).toBeUndefined();
  expect(tasks.latest('streaming')).toBe(stream);
  const next = begin('streaming', 'completed');
  expect(tasks.latestHere('streaming')).toBe(next);
});

it('only the last ones are kept', () => {
  const { tasks } = tasksAt();
  const ids = Array.from({ length: 80 }, () => {
    const task = tasks.begin('master', 'Starting');
    task.end('completed', 'Done');
    return task.id;
  });
  expect(tasks.find(ids[0])).toBeUndefined();
  expect(tasks.find(ids[79])?.id).toBe(ids[79]);
});
