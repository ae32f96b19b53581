/**
 * What the lives of a stream have streamed, by their own words and by what arrived: all of it has to arrive
 * in the end.
 */
import type { Consumer } from './consumer.ts';
import type { ExpectedEvent, Reference } from './reference.ts';

interface Claim {
  readonly life: string;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** Place of the last event that arrived, by partition key: those before it came before it. */
  readonly lastOfKey: ReadonlyMap<string, number>;
  readonly types: ReadonlySet<string> | undefined;
}

export interface Forgotten {
  readonly life: string;
  readonly event: ExpectedEvent;
}

export class Claims {
  private readonly claims: Claim[] = [];
  /** Simulated time that the stream has reached, as far as anybody can know; epoch ms. */
  reachedMs: number;

  constructor(reachedMs: number) {
    this.reachedMs = reachedMs;
  }

  /**
   * @param toMs what the stream said it had reached
   * @param arrived events that arrived during this life for the first time
   */
  add(
    life: string,
    fromMs: number,
    toMs: number,
    arrived: readonly ExpectedEvent[],
    types?: readonly string[],
  ): void {
    const lastOfKey = new Map<string, number>();
    for (const { key, place, atMs } of arrived) {
      lastOfKey.set(key, Math.max(place, lastOfKey.get(key) ?? 0));
      this.reachedMs = Math.max(this.reachedMs, atMs);
    }
    this.reachedMs = Math.max(this.reachedMs, toMs);
    this.claims.push({ life, fromMs, toMs, lastOfKey, types: types && new Set(types) });
  }

  /** Events that were streamed and have not arrived. @param excused ids that wait elsewhere, as dead letters */
  forgotten({ events }: Reference, { first }: Consumer, excused: ReadonlySet<string>): Forgotten[] {
    return events.flatMap((event) => {
      if (first.has(event.id) || excused.has(event.id)) return [];
      const claim = this.claims.find((each) => covers(each, event));
      return claim === undefined ? [] : [{ life: claim.life, event }];
    });
  }
}

function covers({ fromMs, toMs, lastOfKey, types }: Claim, event: ExpectedEvent): boolean {
  if (event.atMs < fromMs || types?.has(event.type) === false) return false;
  return event.atMs < toMs || event.place < (lastOfKey.get(event.key) ?? -1);
}
