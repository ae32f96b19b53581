/** The messages of GET /api/live: the network once, then a compact state about twice a second. */
import type { z } from 'zod';
import type {
  LEDGER,
  LIVE_DISRUPTION,
  LiveState as LiveWire,
  Network,
  TruckPlace,
} from '../../api/shapes/live.ts';

export type { LiveWire, Network };
export type Place = Network['dcs'][number];
export type StorePlace = Network['stores'][number];
export type PlaceKind = TruckPlace;
export type Disruption = z.infer<typeof LIVE_DISRUPTION>;
export type Ledger = z.infer<typeof LEDGER>;

export interface StoreNow {
  readonly id: number;
  /** People inside. */
  readonly occupancy: number;
  readonly open: boolean;
  /** Products out of stock. */
  readonly stockouts: number;
  /** Of the store's local day; null if unknown. */
  readonly salesCents: number | null;
  readonly receipts: number | null;
}

export interface DcNow {
  readonly id: number;
  readonly onHandUnits: number;
  readonly capacityPercent: number;
  /** Waiting trucks. */
  readonly queue: number;
  /** The instant at which it and what belongs to it are shown. */
  readonly simulatedMs: number;
}

/** A truck that is not parked at its home. */
export interface TruckNow {
  readonly id: number;
  readonly status: string;
  /** Its position at the instant of the state. */
  readonly lat: number;
  readonly lon: number;
  readonly from: End;
  readonly to: End;
  /** Null while it is not driving. */
  readonly departedMs: number | null;
  readonly arrivesMs: number | null;
  readonly units: number;
}

export interface End {
  readonly kind: PlaceKind;
  readonly id: number;
  readonly lat: number;
  readonly lon: number;
}

/** A state with records in place of the lists in the message. */
export interface LiveState extends Omit<LiveWire, 'stores' | 'dcs' | 'trucks'> {
  readonly stores: readonly StoreNow[];
  readonly dcs: readonly DcNow[];
  readonly trucks: readonly TruckNow[];
}
