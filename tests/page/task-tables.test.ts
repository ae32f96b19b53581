/** Progress of tables: the page computes the same from a task as its message says. */
import { expect, it } from 'vitest';
import { TableStates } from '../../src/api/jobs/table-states.ts';
import { tablesOf } from '../../src/page/lib/task-tables.ts';

const FACTS = Array.from({ length: 21 }, (_, at) => `fact${at}`);

it('shows growing tables like the API, at every share', () => {
  const states = new TableStates(['stores', 'trucks', ...FACTS]);
  states.end(['stores', 'trucks']);
  states.begin(FACTS);
  for (let thousandth = 0; thousandth <= 1000; thousandth++) {
    const share = thousandth / 1000 + 0.0004;
    const { tables_completed = [], tables_in_progress = [], ...rest } = states.update(share);
    const { done, all, growing } = tablesOf({
      ...{ tables_completed, tables_in_progress, tables_failed: [] },
      ...{
        tables_remaining: rest.tables_remaining ?? [],
        table_progress: rest.table_progress ?? {},
      },
    });
    const words = `${done}/${all} tables complete${growing === '' ? '' : `, ${growing.replace(' more', '')}`}`;
    expect(states.words(share)).toBe(words);
    // Less than a thousandth is none yet.
    expect(growing === '').toBe(thousandth === 0);
  }
  expect(states.words(0.42)).toBe('2/23 tables complete, 21 at 42 %');
  states.end(FACTS);
  expect(tablesOf({ ...states.update(), tables_failed: [] } as never)).toEqual({
    ...{ done: 23, all: 23, growing: '' },
  });
});
