/** Pause, resume, stop, speed. */
import type { Operation, StreamStatus } from '../lib/api-types.ts';
import { post } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { attempt, toast } from '../lib/toasts.ts';
import { useOnce } from '../lib/use-once.ts';
import { Segments } from '../ui/parts.tsx';
import { SPEEDS, type Speed } from './speeds.ts';

export function StreamControls({
  status,
  onChange,
}: {
  status: StreamStatus | undefined;
  onChange: () => void;
}) {
  const [busy, once] = useOnce();
  const clock = live.value?.clock;
  const paused = clock?.paused ?? false;
  const speed: Speed = clock?.speed ?? status?.speed ?? 1;
  // Before its first state there is nothing yet that could stand still.
  const starting = clock?.mode !== 'realtime';
  const act = (path: string, body?: unknown) =>
    once(async () => {
      const answer = await attempt(() => post<Operation>(`/api/stream/${path}`, body));
      if (answer !== undefined) toast('good', answer.message);
      onChange();
    });
  return (
    <div class="row">
      {paused ? (
        <button
          type="button"
          class="button main-action"
          aria-disabled={busy}
          onClick={() => act('resume')}
        >
          Resume
        </button>
      ) : (
        <button
          type="button"
          class="button"
          disabled={starting}
          aria-disabled={busy}
          onClick={() => act('pause')}
        >
          Pause
        </button>
      )}
      <button type="button" class="button" aria-disabled={busy} onClick={() => act('stop')}>
        Stop
      </button>
      <Segments
        label="Speed"
        options={
          SPEEDS.some(({ value }) => value === speed)
            ? SPEEDS
            : [{ value: speed, label: `× ${speed}` }, ...SPEEDS]
        }
        value={speed}
        disabled={starting}
        onChoose={(value) => act('speed', { speed: value })}
      />
      {starting && <span class="soft">Starting …</span>}
    </div>
  );
}
