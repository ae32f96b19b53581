/** What happened to each event: the ledger, the breaker, the buffer. */
import type { StreamStatistics, StreamStatus } from '../lib/api-types.ts';
import { span, whole } from '../../domain/format.ts';
import { link, live } from '../lib/live.ts';
import { useResource } from '../lib/use-resource.ts';
import { Badge, Meter, Note } from '../ui/parts.tsx';
import { LedgerStats } from './ledger-stats.tsx';
import { rateWords } from './rate-words.ts';
import { useEvery } from './use-every.ts';
import { useLast } from './use-last.ts';

const EVERY_MS = 2000;

const BREAKER = {
  closed: { tone: 'good', text: 'Breaker closed: events flow' },
  open: { tone: 'bad', text: 'Breaker open: the receiver fails, waiting before the next try' },
  'half-open': {
    tone: 'warn',
    text: 'Breaker half open: testing whether the receiver works again',
  },
} as const;

export function Delivery({ status }: { status: StreamStatus | undefined }) {
  const { cap = null, waiting = 0 } = status ?? {};
  const statistics = useResource<StreamStatistics>('/api/stream/statistics');
  useEvery(link.value === 'lost' ? null : EVERY_MS, statistics.reload);
  const { ledger, breaker } = live.value ?? { ledger: null, breaker: null };
  const last = useLast(statistics.data);
  // Before the first answer about this stream there are no values.
  const details = last !== undefined && last.buffer_size > 0 ? last : undefined;
  return (
    <section class="card" aria-labelledby="delivery-title">
      <header>
        <h2 id="delivery-title">Delivery</h2>
        {breaker !== null && link.value !== 'lost' && (
          <Badge tone={BREAKER[breaker].tone}>{BREAKER[breaker].text}</Badge>
        )}
      </header>
      {ledger === null ? (
        <p class="soft">Nothing is sent yet.</p>
      ) : (
        <>
          <LedgerStats ledger={ledger} />
          <p class="soft">
            Generated is always acknowledged + dead letters + in flight: nothing is lost.
          </p>
        </>
      )}
      {ledger !== null && details !== undefined && (
        <>
          <div class="field">
            <span class="label">
              Buffer: {whole(ledger.inFlight)} of {whole(details.buffer_size)} events wait
            </span>
            <Meter share={ledger.inFlight / details.buffer_size} label="Used part of the buffer" />
          </div>
          {cap !== null && waiting > cap && (
            <Note tone="warn">
              The world outruns the cap of {rateWords(cap)}: {whole(waiting)} events wait to be
              sent. A lower speed, or a rate that is held, keeps it from falling behind.
            </Note>
          )}
          <p class="soft">
            {details.lag.events > 0 &&
              `From the event to its acknowledgement: half within ${span(details.lag.p50_ms)}, 99 of 100 within ${span(details.lag.p99_ms)}. `}
            {details.last_batches.length > 0 &&
              `Last batches: ${details.last_batches.slice(-6).map(whole).join(', ')} events.`}
          </p>
          <LedgerByType rows={details.ledger_by_type} />
        </>
      )}
    </section>
  );
}

const COLUMNS = ['generated', 'acknowledged', 'inFlight', 'deadLettered', 'retried'] as const;
const HEADS = ['Generated', 'Acknowledged', 'In flight', 'Dead letters', 'Retried'];

function LedgerByType({ rows }: { rows: StreamStatistics['ledger_by_type'] }) {
  const list = Object.entries(rows).sort(([, a], [, b]) => b.generated - a.generated);
  if (list.length === 0) return null;
  return (
    <details>
      <summary>By event type</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard */}
      <section class="table-frame more" tabIndex={0} aria-label="Ledger by event type">
        <table>
          <thead>
            <tr>
              <th scope="col">Event type</th>
              {HEADS.map((head) => (
                <th key={head} scope="col" class="number">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.map(([type, row]) => (
              <tr key={type}>
                <th scope="row">{type}</th>
                {COLUMNS.map((column) => (
                  <td key={column} class="number">
                    {whole(row[column] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
