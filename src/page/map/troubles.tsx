/** The disruptions of the selected place or truck. */
import { disruptionLabel } from '../lib/disruption-words.ts';
import { instant } from '../../domain/format.ts';
import type { Disruption } from '../lib/live-types.ts';
import { Note } from '../ui/parts.tsx';

export function Troubles({ list }: { list: readonly Disruption[] }) {
  return (
    <>
      {list.map(({ id, type, severity, endMs }) => (
        <Note key={id} tone="warn">
          {disruptionLabel(type)}, severity {Math.round(severity * 100)} %, until {instant(endMs)}
        </Note>
      ))}
    </>
  );
}
