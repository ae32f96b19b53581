/** A trickle of facts at irregular instants, the same whenever the same window is asked for. */
import { type FactSink, factScratch } from '../../src/domain/facts.ts';
import { idBase } from '../../src/domain/ids.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const START_MS = Date.UTC(2024, 1, 28, 6);

const session = idBase('session', 7);
const scratch = factScratch();

/** Emits the facts of [fromMs, toMs); returns how many. */
export function emitFacts(facts: FactSink, fromMs: number, toMs: number): number {
  let emitted = 0;
  for (let n = 0; ; n++) {
    const atMs = START_MS + n * 17 * 60_000 + ((n * 7919) % 1000);
    if (atMs >= toMs) return emitted;
    if (atMs < fromMs) continue;
    Object.assign(scratch.ble_pings, { traceId: session + n, eventMs: atMs, storeId: 7 });
    Object.assign(scratch.ble_pings, { beaconId: idBase('beacon', 7) + (n % 13), zone: n % 13 });
    Object.assign(scratch.ble_pings, { bleCustomerId: n, rssiDbm: -60, sessionId: session + n });
    facts.ble_pings(scratch.ble_pings);
    emitted++;
    if (n % 5 === 0) {
      Object.assign(scratch.supply_chain_disruption, {
        traceId: idBase('disruption', 1) + n,
        eventMs: atMs,
        dcId: 1,
        description: `Line one,\n2024-02-29T12:00:00.000Z "quoted" ${'long '.repeat(n % 40)}`,
        startMs: atMs,
        endMs: atMs + HOUR_MS,
      });
      facts.supply_chain_disruption(scratch.supply_chain_disruption);
      emitted++;
    }
  }
}
