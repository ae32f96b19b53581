/** Which days, under which scenarios: explains the default and shows the cost before anything starts. */
import { useEffect, useState } from 'preact/hooks';
import type { DefaultRange, Operation, ScenarioList, WorldStatus } from '../lib/api-types.ts';
import { DAY_MS } from '../../domain/format.ts';
import { post } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { whyNotNow } from '../lib/readiness.ts';
import { begun } from '../lib/tasks.ts';
import { toast } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { useResource } from '../lib/use-resource.ts';
import { Field, Note } from '../ui/parts.tsx';
import { EstimateView } from './estimate-view.tsx';
import { ScenarioChoice } from './scenario-choice.tsx';
import { useEstimate } from './use-estimate.ts';

const DAYS = [1, 3, 7, 30];

export function RangeForm({
  world,
  onStart,
}: {
  world: WorldStatus;
  onStart: (id: string) => void;
}) {
  const range = useResource<DefaultRange>('/api/generate/historical/default-range');
  const scenarios = useResource<ScenarioList>('/api/scenarios');
  const [start, setStart] = useState('');
  const [end, setEnd] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [allowLarge, setAllowLarge] = useState(false);
  const [starting, once] = useOnce();
  const reached = world.last_generated_timestamp;
  // The default depends on the world.
  useEffect(() => range.reload(), [reached]);
  const continues = range.data?.is_continuation ?? world.has_historical_data;
  const from = start || dayOf(range.data?.start_date);
  const to = end || dayOf(range.data?.end_date);
  const request = {
    ...(!continues && from !== '' && { start_date: from }),
    ...(to !== '' && { end_date: to }),
    // A world keeps the scenarios with which it began.
    scenarios: continues ? world.scenarios : chosen,
  };
  const estimate = useEstimate(range.data === undefined ? null : request);
  const begin = async () => {
    try {
      const body = { ...request, confirm_large: allowLarge };
      const task = await post<Operation>('/api/generate/historical', body);
      setEnd('');
      await begun(task);
      if (task.operation_id !== null) onStart(task.operation_id);
    } catch (error) {
      toast('bad', error instanceof Error ? error.message : String(error));
    }
  };
  const daysFrom = (days: number) => {
    const base = Date.parse(continues ? (range.data?.start_date ?? '') : `${from}T00:00:00Z`);
    if (Number.isNaN(base)) return;
    // Counts to a midnight: a day that has begun is added.
    const toMs = Math.ceil(base / DAY_MS + days) * DAY_MS;
    setEnd(new Date(toMs).toISOString().slice(0, 10));
  };
  const notNow = whyNotNow(live.value);
  const large = estimate.data?.is_large === true;
  return (
    <section class="card" aria-labelledby="range-title">
      <header>
        <h2 id="range-title">{continues ? 'Go on' : 'Choose a range'}</h2>
      </header>
      {range.error !== undefined && <Note tone="bad">{range.error}</Note>}
      {world.obstacle !== null && <Note tone="warn">{world.obstacle}</Note>}
      {range.data !== undefined && <Note>{range.data.explanation}</Note>}
      <div class="fields">
        <Field
          label="From"
          hint={continues ? 'Fixed: a history has no gaps.' : 'The first day, in UTC.'}
          fault={estimate.faults.start_date}
        >
          {(ids) => (
            <input
              {...ids}
              type="date"
              value={from}
              disabled={continues}
              onInput={(event) => setStart(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="To" hint="Up to the beginning of this day." fault={estimate.faults.end_date}>
          {(ids) => (
            <input
              {...ids}
              type="date"
              value={to}
              onInput={(event) => setEnd(event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="field wide">
          <span class="label">Or so many days</span>
          <div class="row">
            {DAYS.map((days) => (
              <button type="button" class="button small" key={days} onClick={() => daysFrom(days)}>
                {days === 1 ? '1 day' : `${days} days`}
              </button>
            ))}
          </div>
        </div>
      </div>
      {scenarios.error !== undefined && <Note tone="bad">{scenarios.error}</Note>}
      {!continues && scenarios.data !== undefined && (
        <ScenarioChoice list={scenarios.data} chosen={chosen} onChoose={setChosen} />
      )}
      <EstimateView estimate={estimate} />
      {large && estimate.data?.fits && (
        <label class="choice">
          <input
            type="checkbox"
            checked={allowLarge}
            onChange={(event) => setAllowLarge(event.currentTarget.checked)}
          />
          <span>Yes, write more than 20 GB</span>
        </label>
      )}
      <div class="row">
        <button
          type="button"
          class="button main-action"
          disabled={
            estimate.data === undefined ||
            estimate.data.days === 0 ||
            !estimate.data.fits ||
            world.obstacle !== null ||
            notNow !== undefined ||
            (large && !allowLarge)
          }
          aria-disabled={starting}
          onClick={() => once(begin)}
        >
          Generate history
        </button>
        {notNow !== undefined && <span class="soft">{notNow}</span>}
      </div>
    </section>
  );
}

function dayOf(instant: string | undefined): string {
  return instant?.slice(0, 10) ?? '';
}
