/** The ledger of a stream, as the program tells it, held against what has to be true of it. */
import { Violation } from './violation.ts';

export interface Totals {
  readonly generated: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly possiblyRepeated: number;
  readonly deadLettered: number;
  readonly inFlight: number;
}

/** What of a JSON line is a ledger; undefined if it has none. */
export function totalsOf(line: unknown): Totals | undefined {
  const { generated, acknowledged } = (line ?? {}) as Partial<Totals>;
  return generated === undefined || acknowledged === undefined ? undefined : (line as Totals);
}

/** Holds at every instant. @throws Violation */
export function checkTotals(totals: Totals, where: string): void {
  const { generated, sent, acknowledged, deadLettered, inFlight } = totals;
  const told = `${where}: ${JSON.stringify(totals)}`;
  if (generated !== acknowledged + deadLettered + inFlight || inFlight < 0) {
    throw new Violation(
      'ledger',
      `generated is not acknowledged + dead letters + in flight, ${told}`,
    );
  }
  if (sent < acknowledged) throw new Violation('ledger', `less sent than acknowledged, ${told}`);
}
