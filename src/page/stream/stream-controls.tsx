/** Pause, resume, stop, speed. */
import type { Operation, StreamStatus } from '../lib/api-types.ts';
import { post } from '../lib/http.ts';
import { link, live } from '../lib/live.ts';
import { attempt, toast } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { Segments } from '../ui/parts.tsx';
import { type Pace, SPEEDS, type Speed } from './speeds.ts';
import { rateWords } from './rate-words.ts';

export function StreamControls({
  status,
  onChange,
}: {
  status: StreamStatus | undefined;
  onChange: () => void;
}) {
  const [busy, once] = useOnce();
  const clock = live.value?.clock;
  // Before its first state there is nothing to pause.
  const starting = clock?.mode !== 'realtime';
  const stopping = clock?.stopping === true || status?.status === 'stopping';
  const lost = link.value === 'lost';
  const fixed = starting || stopping || lost;
  const paused = clock?.paused === true;
  const rate = (starting ? status?.rate : clock.rate) ?? null;
  const speed: Speed | null = (starting ? status?.speed : clock.speed) ?? null;
  const act = (path: string, body?: unknown, says = true) =>
    once(async () => {
      const answer = await attempt(() => post<Operation>(`/api/stream/${path}`, body));
      if (answer !== undefined && says) toast('good', answer.message);
      onChange();
    });
  const stop = () => {
    // A second press has no effect; disabled, the button would lose the focus.
    if (!stopping && !lost) void act('stop', undefined, false);
  };
  return (
    <div class="row">
      {paused ? (
        <button
          type="button"
          class="button main-action"
          disabled={fixed}
          aria-disabled={busy}
          onClick={() => act('resume')}
        >
          Resume
        </button>
      ) : (
        <button
          type="button"
          class="button"
          disabled={fixed}
          aria-disabled={busy}
          onClick={() => act('pause')}
        >
          Pause
        </button>
      )}
      <button type="button" class="button" aria-disabled={busy || stopping || lost} onClick={stop}>
        Stop
      </button>
      <Segments
        label="Speed"
        options={offered(speed, rate)}
        value={rate === null ? speed : 'rate'}
        disabled={fixed}
        onChoose={(value) => value !== 'rate' && act('speed', { speed: value })}
      />
      <span class="soft" role="status">
        {stopping
          ? 'Stopping: what was generated is delivered first, for ten seconds at most.'
          : starting &&
            (status?.status === 'waiting' ? 'Waiting for the event hub …' : 'Starting …')}
      </span>
    </div>
  );
}

/** The offered speeds, and the current one if it is not among them. */
function offered(speed: Speed | null, rate: number | null): { value: Pace; label: string }[] {
  if (rate !== null) return [{ value: 'rate', label: rateWords(rate) }, ...SPEEDS];
  if (speed === null || SPEEDS.some(({ value }) => value === speed)) return [...SPEEDS];
  return [{ value: speed, label: `× ${speed}` }, ...SPEEDS];
}
