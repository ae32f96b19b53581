/**
 * What the lives of a stream have streamed, by their own words and by what arrived: all of it has to arrive
 * in the end.
 */
import type { Consumer } from './consumer.ts';
import type { ExpectedEvent, Reference } from './reference.ts';

/** Simulated time [fromMs, toMs). */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A stretch that a life streamed. */
export interface Streamed extends Stretch {
  /** What lies within and is only in the files: a history went past where the stream stood. */
  readonly gap?: Stretch;
  /** Those that were asked for; undefined for all. */
  readonly types?: ReadonlySet<string> | undefined;
}

interface Claim extends Streamed {
  readonly life: string;
  /** Place of the last event that arrived, by partition key: those before it came before it. */
  readonly lastOfKey: ReadonlyMap<string, number>;
}

export interface Forgotten {
  readonly life: string;
  readonly event: ExpectedEvent;
}

export class Claims {
  private claims: Claim[] = [];
  private readonly beganMs: number;
  /** Simulated time that the stream has reached, as far as anybody can know; epoch ms. */
  reachedMs: number;

  constructor(beganMs: number) {
    this.beganMs = beganMs;
    this.reachedMs = beganMs;
  }

  /**
   * @param streamed from where it began to what it said it had reached
   * @param arrived events that arrived during this life for the first time
   */
  add(life: string, streamed: Streamed, arrived: readonly ExpectedEvent[]): void {
    const lastOfKey = new Map<string, number>();
    for (const { key, place, atMs } of arrived) {
      lastOfKey.set(key, Math.max(place, lastOfKey.get(key) ?? 0));
      this.reachedMs = Math.max(this.reachedMs, atMs);
    }
    this.reachedMs = Math.max(this.reachedMs, streamed.toMs);
    this.claims.push({ life, ...streamed, lastOfKey });
  }

  /**
   * Called when how far the world was streamed is lost: what came after the last event that arrived is not known
   * to have been streamed, and is streamed when the next lives come to it.
   *
   * @param arrived all events that have arrived
   */
  forgetReach(arrived: readonly ExpectedEvent[]): void {
    this.claims = this.claims.map((claim) => ({ ...claim, toMs: claim.fromMs }));
    this.reachedMs = arrived.reduce((atMs, event) => Math.max(atMs, event.atMs), this.beganMs);
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

function covers({ fromMs, toMs, gap, lastOfKey, types }: Claim, event: ExpectedEvent): boolean {
  if (gap !== undefined && event.atMs >= gap.fromMs && event.atMs < gap.toMs) return false;
  if (event.atMs < fromMs || types?.has(event.type) === false) return false;
  return event.atMs < toMs || event.place < (lastOfKey.get(event.key) ?? -1);
}
