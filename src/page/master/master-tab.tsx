/** Generates the network and shows it. */
import { useEffect, useState } from 'preact/hooks';
import type { Operation, WorldStatus } from '../lib/api-types.ts';
import { faultsOf, post, reasonOf } from '../lib/http.ts';
import { counts, live } from '../lib/live.ts';
import { isShown } from '../lib/newest-task.ts';
import { whyNotNow } from '../lib/readiness.ts';
import { begun, useTask } from '../lib/tasks.ts';
import { toast } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { useResource } from '../lib/use-resource.ts';
import { TableBrowser } from '../tables/table-browser.tsx';
import { AskFirst } from '../ui/ask-first.tsx';
import { Field, Note } from '../ui/parts.tsx';
import { TaskProgress } from '../ui/task-progress.tsx';
import { PresetChoice } from './preset-choice.tsx';

interface Shown {
  readonly seed?: number;
  readonly volume?: Readonly<Record<string, number | null>>;
  readonly historical?: { readonly start_date?: string };
}

export function MasterTab() {
  const status = useResource<WorldStatus>('/api/generation/status');
  const task = useTask('master');
  const [asked, setAsked] = useState<string>();
  const running = task?.status === 'running';
  const kept = counts.value;
  // Both tell when there is new data.
  useEffect(() => status.reload(), [kept, task?.status]);
  const world = status.data;
  return (
    <div class="page">
      <header>
        <h1>Master data</h1>
        <p>
          The entities of the simulation: places, stores, distribution centers, trucks, customers,
          products and the opening stock.
        </p>
      </header>
      {status.error !== undefined && <Note tone="bad">{status.error}</Note>}
      {task !== undefined && isShown(task, asked) && (
        <TaskProgress task={task} title="Making master data" asked={asked} />
      )}
      {world?.has_masters && !world.has_historical_data && !running && (
        <Note tone="good">
          The network is there. Next: write some <a href="#/historical">history</a>.
        </Note>
      )}
      {world !== undefined && !running && <Generate world={world} onStart={setAsked} />}
      <TableBrowser kind="master" />
    </div>
  );
}

function Generate({ world, onStart }: { world: WorldStatus; onStart: (id: string) => void }) {
  const config = useResource<Shown>('/api/config');
  const [day, setDay] = useState('');
  const [fault, setFault] = useState<string>();
  const [busy, once] = useOnce();
  const notNow = whyNotNow(live.value);
  if (world.has_historical_data) {
    return (
      <Note>
        This world has a history already, which belongs to these tables: they can’t be generated
        again. To begin another world, clear this one under <a href="#/config">Config</a>.
      </Note>
    );
  }
  const { seed, volume, historical } = config.data ?? {};
  const cannot = notNow !== undefined || world.obstacle !== null;
  const start = async () => {
    setFault(undefined);
    const body = { force_regenerate: world.has_masters, ...(day !== '' && { start_date: day }) };
    try {
      const task = await post<Operation>('/api/generate/master', body);
      await begun(task);
      if (task.operation_id !== null) onStart(task.operation_id);
    } catch (error) {
      const { start_date } = faultsOf(error);
      setFault(start_date);
      if (start_date === undefined) toast('bad', reasonOf(error));
    }
  };
  return (
    <section class="card" aria-labelledby="make-title">
      <header>
        <h2 id="make-title">{world.has_masters ? 'Make them anew' : 'Make the network'}</h2>
      </header>
      <p class="soft">
        {volume === undefined
          ? 'From the config.'
          : `${shown(volume.stores)} stores, ${shown(volume.dcs)} distribution centers, ${shown(volume.total_customers)} customers and ${shown(volume.total_products)} products, from seed ${seed}.`}{' '}
        Change that under <a href="#/config">Config</a>. The same seed always makes the same world.
      </p>
      {world.obstacle !== null && <Note tone="warn">{world.obstacle}</Note>}
      <div class="row end">
        {volume !== undefined && !world.has_masters && (
          <PresetChoice volume={volume} disabled={cannot} onChosen={config.reload} />
        )}
        <Field
          label="Its first day"
          hint={`${historical?.start_date ?? 'that of the config'} if left empty`}
          fault={fault}
        >
          {(ids) => (
            <input
              {...ids}
              type="date"
              value={day}
              onInput={(event) => setDay(event.currentTarget.value)}
            />
          )}
        </Field>
        {world.has_masters ? (
          <AskFirst
            label="Generate master data again …"
            keep="Keep the existing data"
            go="Replace it"
            busy={busy}
            disabled={cannot}
            onGo={() => once(start)}
          />
        ) : (
          <button
            type="button"
            class="button main-action"
            disabled={cannot}
            aria-disabled={busy}
            onClick={() => once(start)}
          >
            Generate master data
          </button>
        )}
      </div>
      {notNow !== undefined && <p class="soft">{notNow}</p>}
    </section>
  );
}

function shown(count: number | null | undefined): string {
  return count == null ? '?' : count.toLocaleString('en-US');
}
