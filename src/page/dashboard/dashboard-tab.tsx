/** The state of the world at a glance. */
import { useEffect } from 'preact/hooks';
import type { TableCounts, WorldStatus } from '../lib/api-types.ts';
import { ORIGIN_WORDS } from '../lib/disruption-words.ts';
import { instant, short, span, whole, words } from '../../domain/format.ts';
import { happenings } from '../lib/happenings.ts';
import { counts, live, network } from '../lib/live.ts';
import type { Disruption } from '../lib/live-types.ts';
import { useResource } from '../lib/use-resource.ts';
import { Note, Stat } from '../ui/parts.tsx';
import { FirstSteps } from './first-steps.tsx';
import { TableBars } from './table-bars.tsx';

export function DashboardTab() {
  const status = useResource<WorldStatus>('/api/generation/status');
  const tables = useResource<TableCounts>('/api/dashboard/counts');
  const kept = counts.value;
  const mode = live.value?.clock.mode;
  // The counts tell when there is new data.
  useEffect(() => {
    status.reload();
    tables.reload();
  }, [kept, mode]);
  const world = status.data;
  return (
    <div class="page">
      <header>
        <h1>Dashboard</h1>
        <p>One retail network, simulated event by event: its tables, and its current state.</p>
      </header>
      {status.error !== undefined && <Note tone="bad">{status.error}</Note>}
      {world !== undefined && <FirstSteps world={world} streams={mode === 'realtime'} />}
      <Now />
      {world?.has_masters && <WorldFacts world={world} />}
      {tables.data !== undefined && (
        <div class="grid-2">
          <TableBars
            title="Facts"
            about="What happened, one row each."
            rows={tables.data.fact_tables ?? {}}
            href="#/historical"
            none="No facts yet. Generate some history."
          />
          <div class="stack-wide">
            <TableBars
              title="Master data"
              about="Places, people and products."
              rows={tables.data.master_tables}
              href="#/master"
              none="No master data yet."
            />
            <Lately />
          </div>
        </div>
      )}
    </div>
  );
}

function Now() {
  const state = live.value;
  if (state === null) return null;
  const { rates, ledger, breaker, stores, dcs, trucks, disruptions, clock } = state;
  const isStuck = clock.mode === 'realtime' && breaker !== null && breaker !== 'closed';
  const inside = stores.reduce((sum, { occupancy }) => sum + occupancy, 0);
  const total = Object.values(counts.value).reduce((sum, rows) => sum + rows, 0);
  const active = disruptions.filter(({ status }) => status === 'active');
  return (
    <>
      {isStuck && (
        <Note tone="bad">
          The receiver of the stream is not accepting events
          {ledger !== null && `: ${whole(ledger.inFlight)} events wait`}. They are sent as soon as
          it works again. <a href="#/realtime">Look at the stream</a>.
        </Note>
      )}
      <dl class="stats">
        <Stat label="Rows in all tables" value={short(total)} more={whole(total)} />
        <Stat
          label={clock.mode === 'realtime' ? 'Events per second' : 'Rows per second'}
          value={short(clock.mode === 'realtime' ? rates.eventsPerSecond : rates.rowsPerSecond)}
          more={isStuck ? 'the receiver fails' : clock.mode === 'idle' ? 'at rest' : 'now'}
        />
        <Stat
          label="People in stores"
          value={stores.length === 0 ? '–' : whole(inside)}
          more={`${whole(network.value?.stores.length ?? 0)} stores`}
        />
        <Stat
          label="Trucks under way"
          value={dcs.length === 0 ? '–' : whole(trucks.length)}
          more={`of ${whole(network.value?.trucks.length ?? 0)}`}
        />
        <Stat label="Disruptions" value={active.length} more={originsOf(active)} />
        {ledger !== null && (
          <Stat
            label="Events delivered"
            value={short(ledger.acknowledged)}
            more={`${whole(ledger.inFlight)} in flight`}
          />
        )}
      </dl>
    </>
  );
}

/** Returns `active`, with the number of those that nobody started: `active, 1 by chance`. */
function originsOf(active: readonly Disruption[]): string {
  if (active.length === 0) return 'none now';
  const parts = (['scenario', 'natural'] as const).flatMap((origin) => {
    const count = active.filter((each) => each.origin === origin).length;
    return count === 0 ? [] : `${count} ${ORIGIN_WORDS[origin]}`;
  });
  return ['active', ...parts].join(', ');
}

function WorldFacts({ world }: { world: WorldStatus }) {
  const shape = network.value?.world;
  const clock = live.value?.clock;
  const start = world.historical_start_date;
  const end = world.last_generated_timestamp;
  const streamed = world.last_realtime_run;
  const days = start === null || end === null ? null : span(Date.parse(end) - Date.parse(start));
  return (
    <section class="card" aria-labelledby="world-title">
      <header>
        <h2 id="world-title">This world</h2>
        {shape && (
          <span class="soft">
            {whole(shape.stores)} stores, {whole(shape.dcs)} distribution centers,{' '}
            {whole(shape.trucks)} trucks, {whole(shape.customers)} customers,{' '}
            {whole(shape.products)} products
          </span>
        )}
      </header>
      <dl class="facts wide">
        <dt>Begins</dt>
        <dd>{start === null ? '–' : instant(Date.parse(start))}</dd>
        <dt>Its history reaches</dt>
        <dd>{end === null ? 'not written yet' : instant(Date.parse(end))}</dd>
        {days !== null && (
          <>
            <dt>Length of the history</dt>
            <dd>{days}</dd>
          </>
        )}
        {clock?.mode === 'realtime' ? (
          <>
            <dt>The stream is at</dt>
            <dd>{instant(clock.simulatedMs)}</dd>
          </>
        ) : (
          streamed !== null && (
            <>
              <dt>Streamed up to</dt>
              <dd>{instant(Date.parse(streamed))}</dd>
            </>
          )
        )}
        <dt>Seed</dt>
        <dd>{world.seed ?? '–'}</dd>
        <dt>Scenarios</dt>
        <dd>{world.scenarios.length === 0 ? 'none' : world.scenarios.map(words).join(', ')}</dd>
      </dl>
    </section>
  );
}

function Lately() {
  const list = happenings.value.slice(0, 6);
  if (list.length === 0) return null;
  return (
    <section class="card" aria-labelledby="lately-title">
      <header>
        <h2 id="lately-title">Lately</h2>
        <a href="#/map">Watch on the map</a>
      </header>
      <ul class="stack">
        {list.map(({ id, text }) => (
          <li key={id} class="soft">
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
