/** The status of a stream in one line. */
import { formatInstant } from '../engine/time.ts';
import { formatCount } from '../domain/format.ts';
import { perSecond } from '../stream/pace-notes.ts';
import type { StreamStatus } from '../stream/stream-status.ts';
import type { Ledger, LedgerRow } from '../delivery/ledger.ts';

/** `2024-03-02 12:30:05 x60, 1.2 k acknowledged (24/s), lag 35 ms, breaker closed, …`. */
export function statusText(status: StreamStatus): string {
  const { simulatedMs, total, eventsPerSecond, lagMs, breaker } = status;
  const { acknowledged, inFlight, retried, deadLettered } = total;
  return (
    `${clock(simulatedMs)} ${paceText(status)}, ` +
    `${formatCount(acknowledged)} acknowledged (${formatCount(eventsPerSecond)}/s), lag ${lagMs} ms, ` +
    `${inFlight} in flight, breaker ${breaker}, ${retried} retried, ${deadLettered} dead letters`
  );
}

/** `x60`, `max`, `x184 to hold 500/s`, `x60 under a cap of 50/s, 1.2 k wait`, `resuming to …`. */
function paceText(status: StreamStatus): string {
  const { resumesToMs, speed, heldPerSecond, capPerSecond, waiting } = status;
  if (resumesToMs !== null) return `resuming to ${clock(resumesToMs)}`;
  const pace = speed === 'max' ? 'max' : `x${speed}`;
  if (heldPerSecond !== null) return `${pace} to hold ${perSecond(heldPerSecond)}`;
  if (capPerSecond === null) return pace;
  return `${pace} under a cap of ${perSecond(capPerSecond)}, ${formatCount(waiting)} wait`;
}

function clock(atMs: number): string {
  return formatInstant(atMs).slice(0, 19).replace('T', ' ');
}

/** The same for programs, as one JSON object. */
export function statusJson(status: StreamStatus): string {
  const { simulatedMs, speed, total, eventsPerSecond, lagMs, lag, breaker, throttled } = status;
  return JSON.stringify({
    type: 'progress',
    simulated: formatInstant(simulatedMs),
    resumesTo: status.resumesToMs === null ? null : formatInstant(status.resumesToMs),
    speed,
    heldPerSecond: status.heldPerSecond,
    capPerSecond: status.capPerSecond,
    waiting: status.waiting,
    eventsPerSecond,
    averageEventsPerSecond: status.averageEventsPerSecond,
    lagMs,
    lagP99Ms: lag.p99Ms,
    breaker,
    throttled,
    ...total,
  });
}

/** The ledger as text: the total of all types, then each type. */
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
