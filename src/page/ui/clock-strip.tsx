/** One line above every tab: simulated time, speed, running tasks. */
import { useEffect, useState } from 'preact/hooks';
import { briefDayOf, dayOf, minuteOf, span } from '../../domain/format.ts';
import { link, live } from '../lib/live.ts';
import { playback } from '../lib/playback.ts';
import { tab } from '../lib/router.ts';
import { rateWords } from '../stream/rate-words.ts';
import { Badge, Meter } from './parts.tsx';
import { ThemeButton } from './theme-button.tsx';

const REDRAW_MS = 250;

const WORK: Readonly<Record<string, string>> = {
  master: 'Making master data',
  historical: 'Generating history',
  clear: 'Removing the world',
  'dead-letters': 'Sending dead letters',
};

export function ClockStrip() {
  const state = live.value;
  const isLost = link.value === 'lost';
  const task = isLost ? undefined : state?.tasks.find(({ status }) => status === 'running');
  return (
    <div class="strip">
      <Clock />
      <Mode />
      <span class="spring" />
      {task !== undefined && task.kind !== 'streaming' && tab.value !== 'historical' && (
        <div class="task-note row">
          <span>
            {WORK[task.kind] ?? task.kind} {Math.round(task.progress * 100)} %
          </span>
          <div class="strip-meter">
            <Meter share={task.progress} label="Progress of the running task" />
          </div>
        </div>
      )}
      <ThemeButton />
    </div>
  );
}

function Clock() {
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((count) => count + 1), REDRAW_MS);
    return () => clearInterval(timer);
  }, []);
  const nowMs = live.value?.clock.simulatedMs === null ? null : playback.nowMs(performance.now());
  if (nowMs === null || live.value === null) {
    return (
      <div class="clock">
        <span>{live.value === null ? 'Waiting for the server' : 'No world yet'}</span>
      </div>
    );
  }
  return (
    <div class="clock" title="Time inside the simulation">
      <time dateTime={new Date(nowMs).toISOString()}>{minuteOf(nowMs)}</time>
      <span class="long">{dayOf(nowMs)} UTC</span>
      <span class="brief">{briefDayOf(nowMs)} UTC</span>
    </div>
  );
}

function Mode() {
  const state = live.value;
  if (state === null) return null;
  const { clock, otherProgram, breaker } = state;
  // Its last known state says nothing about now.
  if (link.value === 'lost') return <Badge tone="warn">No contact</Badge>;
  if (clock.mode === 'history') return <Badge tone="good">Writing history</Badge>;
  if (clock.mode === 'idle' && otherProgram !== null) {
    return <Badge tone="warn">Another program is running, {otherProgram}</Badge>;
  }
  if (clock.mode === 'idle') return <Badge>At rest</Badge>;
  const speed =
    clock.speed === null || clock.speed === 'max' ? 'as fast as possible' : `× ${clock.speed}`;
  const pace = clock.rate === null ? speed : `${speed} to hold ${rateWords(clock.rate)}`;
  return (
    <span class="row">
      {clock.stopping ? (
        <Badge tone="warn">Stopping, delivers the rest</Badge>
      ) : clock.paused ? (
        <Badge tone="warn">Paused</Badge>
      ) : (
        <Badge tone={breaker === 'closed' ? 'good' : 'warn'}>Streaming, {pace}</Badge>
      )}
      {breaker === 'open' && <Badge tone="bad">The receiver fails</Badge>}
      {breaker === 'half-open' && <Badge tone="warn">Trying the receiver again</Badge>}
      {!clock.paused && !clock.stopping && clock.lagMs > 2000 && (
        <span class="soft">{span(clock.lagMs)} behind</span>
      )}
    </span>
  );
}
