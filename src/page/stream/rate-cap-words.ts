/** The cap on the rate of a stream: a number of events in each interval. */
import { whole } from '../../domain/format.ts';

/** The server's value if only the other half is set. */
export const USUAL_CAP = { intervalMs: 500, burst: 100 };

interface Half {
  /** Empty if nothing is typed. */
  readonly typed: string;
  /** Null if the config has none. */
  readonly configured: unknown;
}

/** The value that applies if one half is left empty. */
export function whenEmpty({ configured }: Half, other: Half, usual: number): string {
  if (typeof configured === 'number') return `${whole(configured)} if left empty, by the config.`;
  const isCapped = other.typed !== '' || typeof other.configured === 'number';
  return isCapped ? `${whole(usual)} if left empty.` : 'No cap if both are left empty.';
}
