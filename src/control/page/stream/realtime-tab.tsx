/** The stream: started, paused, disturbed, watched. */
import { useEffect, useState } from 'preact/hooks';
import type { StreamStatus, WorldStatus } from '../lib/api-types.ts';
import { live } from '../lib/live.ts';
import { useTask } from '../lib/tasks.ts';
import { useResource } from '../lib/use-resource.ts';
import { Badge, Empty, Note } from '../ui/parts.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { Delivery } from './delivery.tsx';
import { Disruptions } from './disruptions.tsx';
import { RecentEvents } from './recent-events.tsx';
import { StartForm } from './start-form.tsx';
import { StreamCharts } from './stream-charts.tsx';
import { StreamControls } from './stream-controls.tsx';
import { useEvery } from './use-every.ts';

const STATUS_EVERY_MS = 2000;

export function RealtimeTab() {
  const world = useResource<WorldStatus>('/api/generation/status');
  const status = useResource<StreamStatus>('/api/stream/status');
  const task = useTask('streaming');
  const [pressed, setPressed] = useState(0);
  const running = task?.status === 'running' || task?.status === 'pending';
  const paused = live.value?.clock.paused;
  // Each says when there is something new.
  useEffect(() => {
    status.reload();
    world.reload();
  }, [running, paused, pressed]);
  useEvery(running ? STATUS_EVERY_MS : null, status.reload);
  const stream = status.data;
  return (
    <div class="page">
      <header>
        <h1>Real-time</h1>
        <p>
          The same world goes on where its history ends, and every fact is sent as an event while it
          happens: to Azure Event Hubs, or to a hub that this program starts on this machine.
        </p>
      </header>
      {status.error !== undefined && <Note tone="bad">{status.error}</Note>}
      {stream?.status === 'error' && stream.error_message !== null && (
        <Note tone="bad">The last stream ended: {stream.error_message}</Note>
      )}
      {world.data !== undefined && !world.data.has_historical_data && (
        <Empty title="There is no history to go on from">
          <p>
            A stream goes on where the history ends. Generate a day or two first, under{' '}
            <a href="#/historical">Historical</a>.
          </p>
        </Empty>
      )}
      {world.data?.has_historical_data && !running && (
        <StartForm
          obstacle={world.data.obstacle}
          onStart={() => setPressed((count) => count + 1)}
        />
      )}
      {running && (
        <section class="card" aria-labelledby="stream-title">
          <header>
            <h2 id="stream-title">The stream</h2>
            <StateBadge stream={stream} />
          </header>
          <StreamControls status={stream} onChange={() => setPressed((count) => count + 1)} />
          {stream?.target != null && (
            <p class="soft">
              Into {stream.target}
              {stream.hub_port !== null && (
                <>
                  , the hub on this machine. Read it in a terminal with{' '}
                  <code>npm run sim -- tail</code>
                </>
              )}
              .
            </p>
          )}
        </section>
      )}
      {running && <StreamCharts />}
      {running && <Delivery />}
      {world.data?.has_historical_data && <Disruptions running={running} />}
      {running && <RecentEvents />}
      <DeadLetters running={running} />
    </div>
  );
}

function StateBadge({ stream }: { stream: StreamStatus | undefined }) {
  const state = live.value?.clock.paused ? 'paused' : stream?.status;
  if (state === undefined) return null;
  return <Badge tone={state === 'running' ? 'good' : 'warn'}>{state}</Badge>;
}
