/** One disruption of the list, and the button that ends it. */
import { useRef } from 'preact/hooks';
import type { DisruptionList } from '../lib/api-types.ts';
import { disruptionLabel, isHitWholly, ORIGIN_WORDS } from '../lib/disruption-words.ts';
import { instant, percent } from '../../domain/format.ts';
import { targetName } from '../lib/places.ts';
import { useHeir } from '../lib/use-heir.ts';
import { Badge } from '../ui/parts.tsx';

const TONES = { active: 'warn', planned: 'plain', over: 'plain', cancelled: 'plain' } as const;

type Row = DisruptionList['disruptions'][number];

/** Whether it is active and was started by a user: others end by themselves. */
export function canEnd({ status, origin }: Row): boolean {
  return origin === 'request' && (status === 'active' || status === 'planned');
}

export function DisruptionRow({ row, onEnd }: { row: Row; onEnd: () => void }) {
  const place = useRef<HTMLLIElement>(null);
  useHeir(place, place);
  const what = disruptionLabel(row.type);
  const where = targetName(row.target);
  return (
    <li ref={place} tabIndex={-1}>
      <div>
        <strong>{what}</strong> <span>{where}</span>
        <div class="soft">
          {row.origin !== 'request' && `${ORIGIN_WORDS[row.origin]}, `}
          {!isHitWholly(row.target) && `${percent(row.severity)}, `}
          {instant(Date.parse(row.starts_at))} to {instant(Date.parse(row.active_until))}
        </div>
      </div>
      <Badge tone={TONES[row.status]}>{row.status}</Badge>
      {canEnd(row) && (
        <button
          type="button"
          class="button small"
          aria-label={`End ${what}, ${where}`}
          onClick={onEnd}
        >
          End
        </button>
      )}
    </li>
  );
}
