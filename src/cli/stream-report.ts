/** How a stream is doing, in a line. */
import type { Pacer } from '../engine/pacer.ts';
import { formatInstant } from '../engine/time.ts';
import { formatCount } from '../run/figures.ts';
import type { Ledger, LedgerRow } from '../sinks/stream/ledger.ts';
import type { Publisher } from '../sinks/stream/publisher.ts';

export interface StreamMoment {
  readonly simulatedMs: number;
  /** Since the stream began. */
  readonly seconds: number;
  readonly pacer: Pacer;
  readonly publisher: Publisher;
  readonly json?: boolean;
}

/** `2024-03-02 12:30:05 x60, 1.2 k events, 24/s, lag 35 ms, breaker closed, …`, or the same as JSON. */
export function statusText({ simulatedMs, seconds, pacer, publisher, json }: StreamMoment): string {
  const { acknowledged, deadLettered, inFlight, retried } = publisher.ledger.total();
  const { breaker, oldestWaitMs, throttled } = publisher.status();
  const lagMs = Math.round(oldestWaitMs + pacer.behindMs(simulatedMs));
  const perSecond = acknowledged / seconds;
  if (json) {
    return JSON.stringify({
      type: 'progress',
      simulated: formatInstant(simulatedMs),
      speed: pacer.speed === Infinity ? 'max' : pacer.speed,
      eventsPerSecond: Math.round(perSecond),
      lagMs,
      breaker,
      throttled,
      ...publisher.ledger.total(),
    });
  }
  const speed = pacer.speed === Infinity ? 'max' : `x${pacer.speed}`;
  return (
    `${formatInstant(simulatedMs).slice(0, 19).replace('T', ' ')} ${speed}, ` +
    `${formatCount(acknowledged)} acknowledged (${formatCount(perSecond)}/s), lag ${lagMs} ms, ` +
    `${inFlight} in flight, breaker ${breaker}, ${retried} retried, ${deadLettered} dead letters`
  );
}

/** The ledger in words: all types together, then each. */
export function ledgerText(ledger: Ledger): string {
  const line = (name: string, row: LedgerRow) =>
    `${name.padEnd(28)}${[row.generated, row.acknowledged, row.deadLettered, row.inFlight, row.retried, row.possiblyRepeated].map((count) => formatCount(count).padStart(10)).join('')}\n`;
  const head = `${'Ledger'.padEnd(28)} generated     acked  deadlettr  in flight   retried  repeated?\n`;
  const rows = Object.entries(ledger.rows()).map(([type, row]) => line(`  ${type}`, row));
  return `${head}${line('  all', ledger.total())}${rows.join('')}`;
}

/** The ledger by type, as one JSON line. */
export function ledgerJson(ledger: Ledger): string {
  return JSON.stringify({ type: 'result', total: ledger.total(), byType: ledger.rows() });
}
