/** Trouble on purpose: what, where, how bad, how long. */
import { useEffect } from 'preact/hooks';
import type { DisruptionList } from '../lib/api-types.ts';
import { disruptionLabel } from '../lib/disruption-words.ts';
import { instant, percent } from '../lib/format.ts';
import { post, remove } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { targetName } from '../lib/places.ts';
import { attempt } from '../lib/toasts.ts';
import { useResource } from '../lib/use-resource.ts';
import { Badge, Note } from '../ui/parts.tsx';
import { DisruptionForm } from './disruption-form.tsx';

const TONES = { active: 'warn', planned: 'plain', over: 'plain', cancelled: 'plain' } as const;

export function Disruptions({ running }: { running: boolean }) {
  const list = useResource<DisruptionList>('/api/disruption/list?all=true');
  const told = JSON.stringify(live.value?.disruptions.map(({ id, status }) => [id, status]));
  // What is told says when the list has changed.
  useEffect(() => list.reload(), [told, running]);
  const all = list.data?.disruptions ?? [];
  const open = all.filter(({ status }) => status === 'active' || status === 'planned');
  const act = async (work: () => Promise<unknown>) => {
    await attempt(work);
    list.reload();
  };
  return (
    <section class="card" aria-labelledby="disruptions-title">
      <header>
        <h2 id="disruptions-title">Disruptions</h2>
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
        Trouble on purpose. It is written down before it takes hold, so that the same world can be
        played again with it. Watch it on the <a href="#/map">map</a>.
      </p>
      <DisruptionForm onCreate={list.reload} />
      {list.data !== undefined && list.data.waiting > 0 && (
        <Note>{list.data.waiting} more take hold when what runs has ended.</Note>
      )}
      {all.length > 0 && (
        <ul class="disruption-list">
          {all.toReversed().map((each) => (
            <li key={each.disruption_id}>
              <div>
                <strong>{disruptionLabel(each.type)}</strong> <span>{targetName(each.target)}</span>
                <div class="soft">
                  {percent(each.severity)}, {instant(Date.parse(each.starts_at))} to{' '}
                  {instant(Date.parse(each.active_until))}
                </div>
              </div>
              <Badge tone={TONES[each.status]}>{each.status}</Badge>
              {(each.status === 'active' || each.status === 'planned') && (
                <button
                  type="button"
                  class="button small"
                  onClick={() => act(() => remove(`/api/disruption/${each.disruption_id}`))}
                >
                  End
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
