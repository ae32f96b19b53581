/** Pause, resume, stop, speed. */
import { useState } from 'preact/hooks';
import type { Operation, StreamStatus } from '../lib/api-types.ts';
import { post } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { attempt, toast } from '../lib/toasts.ts';
import { Segments } from '../ui/parts.tsx';
import { SPEEDS, type Speed } from './speeds.ts';

export function StreamControls({
  status,
  onChange,
}: {
  status: StreamStatus | undefined;
  onChange: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const clock = live.value?.clock;
  const paused = clock?.paused ?? false;
  const speed: Speed = clock?.speed ?? status?.speed ?? 1;
  const act = async (path: string, body?: unknown) => {
    setBusy(true);
    const answer = await attempt(() => post<Operation>(`/api/stream/${path}`, body));
    if (answer !== undefined) toast('good', answer.message);
    setBusy(false);
    onChange();
  };
  return (
    <div class="row">
      {paused ? (
        <button
          type="button"
          class="button main-action"
          disabled={busy}
          onClick={() => act('resume')}
        >
          Resume
        </button>
      ) : (
        <button type="button" class="button" disabled={busy} onClick={() => act('pause')}>
          Pause
        </button>
      )}
      <button type="button" class="button" disabled={busy} onClick={() => act('stop')}>
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
        disabled={busy}
        onChoose={(value) => act('speed', { speed: value })}
      />
    </div>
  );
}
