/** What GET /api/live sends: the network once, then a compact state about twice a second. */

export interface Place {
  readonly id: number;
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly lat: number;
  readonly lon: number;
}

export interface StorePlace extends Place {
  readonly dcId: number;
  readonly format: string;
}

export interface Network {
  /** Null while there is no world. */
  readonly world: {
    readonly seed: number;
    /** Its first instant. */
    readonly start: string;
    readonly stores: number;
    readonly dcs: number;
    readonly trucks: number;
    readonly customers: number;
    readonly products: number;
    readonly scenarios: readonly string[];
  } | null;
  readonly dcs: readonly Place[];
  readonly stores: readonly StorePlace[];
  readonly trucks: readonly {
    readonly id: number;
    readonly plate: string;
    /** Null for a supplier's truck. */
    readonly dcId: number | null;
    readonly refrigerated: boolean;
  }[];
}

export interface StoreNow {
  readonly id: number;
  /** People inside. */
  readonly occupancy: number;
  readonly open: boolean;
  /** Products out of stock. */
  readonly stockouts: number;
  /** Of the UTC day; null while history is made. */
  readonly salesCents: number | null;
  readonly receipts: number | null;
}

export interface DcNow {
  readonly id: number;
  readonly onHandUnits: number;
  readonly capacityPercent: number;
  /** Trucks that wait. */
  readonly queue: number;
  /** The instant that it and what belongs to it are shown at. */
  readonly simulatedMs: number;
}

export type PlaceKind = 'dc' | 'store' | 'supplier';

/** A truck that is not parked at its home. */
export interface TruckNow {
  readonly id: number;
  readonly status: string;
  readonly from: End;
  readonly to: End;
  /** Null while it stands. */
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

export interface Disruption {
  readonly id: string;
  readonly type: string;
  /** `dc:3`, `store:12` … */
  readonly target: string;
  readonly severity: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly status: string;
}

export interface Task {
  readonly operation_id: string;
  readonly kind: string;
  readonly status: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
  readonly progress: number;
  readonly message: string;
  readonly tables_completed: readonly string[];
  readonly tables_in_progress: readonly string[];
  readonly tables_remaining: readonly string[];
  readonly tables_failed: readonly string[];
  readonly estimated_seconds_remaining: number | null;
  readonly progress_rate: number | null;
  readonly rows: number | null;
  readonly rows_per_second: number | null;
  readonly bytes: number | null;
  readonly simulated_time: string | null;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly error_message: string | null;
}

export interface Ledger {
  readonly generated: number;
  readonly acknowledged: number;
  readonly deadLettered: number;
  readonly inFlight: number;
  readonly retried: number;
  readonly possiblyRepeated: number;
}

export interface LiveState {
  readonly clock: {
    readonly simulatedMs: number | null;
    readonly wallMs: number;
    readonly mode: 'idle' | 'history' | 'realtime';
    readonly speed: number | 'max' | null;
    readonly paused: boolean;
    readonly lagMs: number;
  };
  readonly stores: readonly StoreNow[];
  readonly dcs: readonly DcNow[];
  readonly trucks: readonly TruckNow[];
  readonly disruptions: readonly Disruption[];
  readonly rates: { readonly rowsPerSecond: number; readonly eventsPerSecond: number };
  readonly ledger: Ledger | null;
  readonly breaker: 'closed' | 'open' | 'half-open' | null;
  readonly tasks: readonly Task[];
  /** Only where they have changed. */
  readonly counts?: Readonly<Record<string, number>>;
}
