/** Disruptions on purpose: type, target, severity and duration. */
import { useEffect, useRef } from 'preact/hooks';
import type { DisruptionList } from '../lib/api-types.ts';
import { post, remove } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { attempt } from '../lib/toasts.ts';
import { useHeir } from '../lib/use-heir.ts';
import { useResource } from '../lib/use-resource.ts';
import { Note } from '../ui/parts.tsx';
import { DisruptionForm } from './disruption-form.tsx';
import { canEnd, DisruptionRow } from './disruption-row.tsx';

export function Disruptions({ running }: { running: boolean }) {
  const list = useResource<DisruptionList>('/api/disruption/list?all=true');
  const told = JSON.stringify(live.value?.disruptions.map(({ id, status }) => [id, status]));
  // The live state tells when the list has changed.
  useEffect(() => list.reload(), [told, running]);
  const all = list.data?.disruptions ?? [];
  const open = all.filter(canEnd);
  const head = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useHeir(head, title);
  const act = async (work: () => Promise<unknown>) => {
    await attempt(work);
    list.reload();
  };
  return (
    <section class="card" aria-labelledby="disruptions-title">
      <header ref={head}>
        <h2 id="disruptions-title" ref={title} tabIndex={-1}>
          Disruptions
        </h2>
        {open.length > 1 && (
          <button
            type="button"
            class="button small"
            onClick={() => act(() => post('/api/disruption/clear-all'))}
          >
            End all
          </button>
        )}
      </header>
      <p class="soft">
        Disruptions on purpose. Each is recorded before it takes effect, so that the same world can
        be played again with it. Watch it on the <a href="#/map">map</a>.
      </p>
      <DisruptionForm onCreate={list.reload} />
      {list.data !== undefined && list.data.waiting > 0 && (
        <Note>{list.data.waiting} more take hold when what runs has ended.</Note>
      )}
      {all.length > 0 && (
        <ul class="disruption-list">
          {all.toReversed().map((each) => (
            <DisruptionRow
              key={each.disruption_id}
              row={each}
              onEnd={() => act(() => remove(`/api/disruption/${each.disruption_id}`))}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
