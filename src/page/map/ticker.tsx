/** The newest notable events. */
import { dayOfYear, minuteOf } from '../../domain/format.ts';
import { happenings } from '../lib/happenings.ts';
import { live } from '../lib/live.ts';
import type { Target } from '../lib/places.ts';

const KIND_WORDS = {
  stockout: 'Out of stock',
  truck: 'Arrival',
  disruption: 'Disruption',
  store: 'Opening hours',
} as const;

/** The day is shown if it is not the current one. */
export function timeOf(atMs: number, isDay: boolean, today: string): string {
  const day = dayOfYear(atMs);
  if (isDay) return day;
  return day === today ? minuteOf(atMs) : `${day} ${minuteOf(atMs)}`;
}

export function Ticker({ onChoose }: { onChoose: (target: Target) => void }) {
  const list = happenings.value;
  const clock = live.value?.clock;
  const today = dayOfYear(clock?.simulatedMs ?? list.at(0)?.atMs ?? 0);
  return (
    <section class="ticker" aria-labelledby="ticker-title">
      <h2 id="ticker-title">{clock?.mode === 'idle' ? 'Lately' : 'Happening now'}</h2>
      {list.length === 0 ? (
        <p class="soft">Arrivals, stockouts and disruptions are listed here as they happen.</p>
      ) : (
        <ol>
          {list.map(({ id, atMs, isDay, kind, text, target }) => (
            <li key={id} class={kind}>
              <time dateTime={new Date(atMs).toISOString()}>{timeOf(atMs, isDay, today)}</time>
              <div>
                <span class="out-of-sight">{KIND_WORDS[kind]}: </span>
                {target === null ? (
                  text
                ) : (
                  <button type="button" onClick={() => onChoose(target)}>
                    {text}
                  </button>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
