/** Counts of what happened to the events of a stream. */
import { whole } from '../../domain/format.ts';
import type { Ledger } from '../lib/live-types.ts';
import { Stat } from '../ui/parts.tsx';

export function LedgerStats({ ledger }: { ledger: Ledger }) {
  return (
    <dl class="stats">
      <Stat label="Generated" value={whole(ledger.generated)} />
      <Stat label="Acknowledged" value={whole(ledger.acknowledged)} />
      <Stat label="In flight" value={whole(ledger.inFlight)} />
      <Stat label="Dead letters" value={whole(ledger.deadLettered)} />
      <Stat label="Retried" value={whole(ledger.retried)} />
      <Stat
        label="Possibly repeated"
        value={whole(ledger.possiblyRepeated)}
        more="with the same id"
      />
    </dl>
  );
}
