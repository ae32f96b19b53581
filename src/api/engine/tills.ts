/** Sales of the stores since the beginning of their local day, as far as known. */
import { ZoneTime } from '../../policy/local-time.ts';
import type { Sales } from '../live/region-picture.ts';

interface Till {
  /** Local day of the sums. */
  day: number;
  salesCents: number;
  receipts: number;
}

/** The sales as plain data. */
export interface TillsData {
  /** All receipts from this instant on are counted, epoch ms. */
  readonly sinceMs: number;
  readonly tills: readonly (readonly [storeId: number, till: Readonly<Till>])[];
}

/** The sales at the end of a stream. */
export interface KeptTills {
  readonly atMs: number;
  readonly data: TillsData;
}

export class Tills {
  /** Every receipt since then is counted, epoch ms. */
  private readonly sinceMs: number;
  private readonly tills = new Map<number, Till>();
  private readonly zones: ReadonlyMap<number, ZoneTime>;

  /** @param zones time zones of the stores, by number */
  constructor(zones: ReadonlyMap<number, string>, { sinceMs, tills }: TillsData) {
    this.zones = new Map([...zones].map(([id, zone]) => [id, new ZoneTime(zone)]));
    this.sinceMs = sinceMs;
    for (const [id, till] of tills) this.tills.set(id, { ...till });
  }

  get data(): TillsData {
    return { sinceMs: this.sinceMs, tills: [...this.tills] };
  }

  /** Counts a receipt. The receipts of a store must be in order of time. */
  ring(storeId: number, eventMs: number, totalCents: number): void {
    const day = this.zones.get(storeId)?.localDay(eventMs);
    if (day === undefined) return;
    let till = this.tills.get(storeId);
    if (till?.day !== day) {
      till = { day, salesCents: 0, receipts: 0 };
      this.tills.set(storeId, till);
    }
    till.salesCents += totalCents;
    till.receipts++;
  }

  /** Returns the sales of the store's present local day; undefined if not all its receipts were counted. */
  today(storeId: number, nowMs: number): Sales | undefined {
    const zone = this.zones.get(storeId);
    const day = zone?.localDay(nowMs);
    if (zone === undefined || day === undefined) return undefined;
    if (zone.localMidnightMs(day) < this.sinceMs) return undefined;
    const till = this.tills.get(storeId);
    if (till?.day !== day) return { salesCents: 0, receipts: 0 };
    return { salesCents: till.salesCents, receipts: till.receipts };
  }
}
