/** The stream: start, pause, disrupt, watch. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { StreamStatus, WorldStatus } from '../lib/api-types.ts';
import { instant } from '../../domain/format.ts';
import { link, live } from '../lib/live.ts';
import { endedWithServer } from '../lib/lost-stream.ts';
import { useTask } from '../lib/tasks.ts';
import { useHeir } from '../lib/use-heir.ts';
import { useResource } from '../lib/use-resource.ts';
import { Badge, Empty, Note } from '../ui/parts.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { Delivery } from './delivery.tsx';
import { Disruptions } from './disruptions.tsx';
import { LastStream } from './last-stream.tsx';
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
  const { paused, stopping } = live.value?.clock ?? {};
  // Each tells when there is new data.
  useEffect(() => {
    status.reload();
    world.reload();
  }, [running, paused, stopping, pressed]);
  useEvery(running ? STATUS_EVERY_MS : null, status.reload);
  const part = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useHeir(part, title);
  const stream = status.data;
  const change = () => setPressed((count) => count + 1);
  return (
    <div class="page">
      <header>
        <h1>Real-time</h1>
        <p>
          The same world continues where its history ends, and sends every fact as an event while it
          happens: to Azure Event Hubs, or to a hub that this program starts on this machine.
        </p>
      </header>
      {status.error !== undefined && <Note tone="bad">{status.error}</Note>}
      {!running && endedWithServer.value && (
        <Note tone="warn">
          The stream ended together with the server.
          {world.data?.last_realtime_run != null && (
            <>
              {' '}
              Everything up to {instant(Date.parse(world.data.last_realtime_run))} is delivered; the
              next stream goes on from there.
            </>
          )}
        </Note>
      )}
      {world.data !== undefined && !world.data.has_historical_data && (
        <Empty title="There is no history to continue">
          <p>
            A stream goes on where the history ends. Generate a day or two first, under{' '}
            <a href="#/historical">Historical</a>.
          </p>
        </Empty>
      )}
      <div class="stack-wide heirs" ref={part}>
        {world.data?.has_historical_data && !running && (
          <StartForm obstacle={world.data.obstacle} title={title} onStart={change} />
        )}
        {running && (
          <section class="card" aria-labelledby="stream-title">
            <header>
              <h2 id="stream-title" ref={title} tabIndex={-1}>
                The stream
              </h2>
              <StateBadge stream={stream} />
            </header>
            <StreamControls status={stream} onChange={change} />
            {stream?.waiting_for != null && (
              <Note tone="warn">
                {stream.waiting_for} It is tried again every few seconds, until the stream is
                stopped.
              </Note>
            )}
            {stream?.target != null && (
              <p class="soft">
                Into {stream.target}.
                {stream.hub_port !== null && (
                  <>
                    {' '}
                    Read it in a terminal with{' '}
                    <code>npm run sim -- tail --port {stream.hub_port}</code>.
                  </>
                )}
              </p>
            )}
          </section>
        )}
      </div>
      {task !== undefined && !running && <LastStream task={task} status={stream} />}
      {running && <StreamCharts />}
      {running && <Delivery status={stream} />}
      {world.data?.has_historical_data && <Disruptions running={running} />}
      {running && <RecentEvents />}
      <DeadLetters running={running} />
    </div>
  );
}

function StateBadge({ stream }: { stream: StreamStatus | undefined }) {
  const { paused, stopping } = live.value?.clock ?? {};
  const state = stopping ? 'stopping' : paused ? 'paused' : stream?.status;
  if (state === undefined || link.value === 'lost') return null;
  return <Badge tone={state === 'running' ? 'good' : 'warn'}>{state}</Badge>;
}
