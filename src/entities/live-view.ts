/**
 * The live view of a region: read from its state between two steps, without changing it.
 *
 * Runs only on request.
 */
import { restsWithinMs } from '../policy/roads.ts';
import type { Region } from './region.ts';
import type { Store } from './store.ts';
import type { Truck } from './truck.ts';

export type PlaceKind = 'dc' | 'store' | 'supplier';

export interface LivePlace {
  readonly kind: PlaceKind;
  readonly id: number;
  readonly latitude: number;
  readonly longitude: number;
}

export interface StoreView {
  readonly id: number;
  readonly occupancy: number;
  readonly open: boolean;
  /** Number of products whose shelf has become empty. */
  readonly stockouts: number;
}

export interface DcView {
  readonly id: number;
  readonly onHandUnits: number;
  /** Available capacity, 0–100. */
  readonly capacityPercent: number;
  /** Number of trucks that wait for a load or a dock. */
  readonly queue: number;
}

/** The phase of a truck's trip. */
export type TruckPhase =
  | 'SCHEDULED'
  | 'LOADING'
  | 'RESTING'
  | 'IN_TRANSIT'
  | 'DELAYED'
  | 'BROKEN_DOWN'
  | 'ARRIVED'
  | 'UNLOADING'
  | 'RETURNING';

export interface TruckView {
  readonly id: number;
  readonly phase: TruckPhase;
  readonly latitude: number;
  readonly longitude: number;
  readonly from: LivePlace;
  readonly to: LivePlace;
  /** Epoch ms; null while the truck stands. */
  readonly departedMs: number | null;
  readonly arrivesMs: number | null;
  readonly loadUnits: number;
  /** Arrival announced at departure, epoch ms; null before it. */
  readonly etaMs: number | null;
}

export interface DisruptionView {
  readonly id: number;
  /** Index into DISRUPTION_TYPES. */
  readonly type: number;
  /** Index into SEVERITIES. */
  readonly severity: number;
  readonly dcId: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly impactPercent: number;
  readonly description: string;
  /** Whether a scenario declared it; otherwise it began by chance. */
  readonly declared: boolean;
}

export interface RegionView {
  readonly id: number;
  readonly nowMs: number;
  readonly stores: readonly StoreView[];
  readonly dc: DcView;
  /** The trucks that are not parked. */
  readonly trucks: readonly TruckView[];
  /** Disruptions under way by chance or from a scenario; those commanded from outside are in the world's journal. */
  readonly disruptions: readonly DisruptionView[];
}

const PHASES: Readonly<Record<string, TruckPhase>> = {
  scheduled: 'SCHEDULED',
  atDock: 'SCHEDULED',
  loading: 'LOADING',
  loaded: 'LOADING',
  ready: 'LOADING',
  restingOut: 'RESTING',
  'enRoute.driving': 'IN_TRANSIT',
  'enRoute.standing': 'BROKEN_DOWN',
  'enRoute.broken': 'BROKEN_DOWN',
  arrived: 'ARRIVED',
  inYard: 'ARRIVED',
  unloading: 'UNLOADING',
  unloadingAtDc: 'UNLOADING',
  emptied: 'UNLOADING',
  restingBack: 'RESTING',
  'returning.driving': 'RETURNING',
  'returning.standing': 'BROKEN_DOWN',
};

export class RegionLiveView {
  private readonly region: Region;

  constructor(region: Region) {
    this.region = region;
  }

  look(): RegionView {
    const { region } = this;
    return {
      id: region.plan.id,
      nowMs: region.nowMs,
      stores: region.stores.map(storeView),
      dc: this.dc(),
      trucks: region.fleet.all.flatMap((truck) => this.truck(truck)),
      disruptions: [...region.disruptions.all]
        .filter(({ requested, startMs, endMs }) => {
          return requested === null && startMs <= region.nowMs && region.nowMs < endMs;
        })
        .map((disruption) => ({
          id: disruption.id,
          type: disruption.type,
          severity: disruption.severity,
          dcId: region.plan.id,
          startMs: disruption.startMs,
          endMs: disruption.endMs,
          impactPercent: disruption.impactPercent,
          description: disruption.description,
          declared: disruption.declared,
        })),
    };
  }

  private dc(): DcView {
    const { dc, plan } = this.region;
    let onHandUnits = 0;
    const { onHand } = dc.stock;
    for (let product = 0; product < onHand.length; product++) onHandUnits += onHand.at(product);
    return {
      id: plan.id,
      onHandUnits,
      capacityPercent: Math.round(dc.capacity() * 1000) / 10,
      queue: dc.pickQueue.length + dc.yard.length,
    };
  }

  private truck(truck: Truck): TruckView[] {
    const { region } = this;
    if (truck.idle) return [];
    const state = region.executive.stateOf(truck.handle);
    const phase = PHASES[state];
    if (phase === undefined) return [];
    const [home, away] = endsOf(truck);
    const back = state.startsWith('returning');
    const [from, to] = back !== truck.inbound ? [away, home] : [home, away];
    const onWay = back || state.startsWith('enRoute');
    const drive = onWay ? driveOf(truck, region.nowMs, phase === 'BROKEN_DOWN') : undefined;
    const late = phase === 'IN_TRANSIT' && region.nowMs > truck.etaMs;
    return [
      {
        id: truck.master.id,
        phase: late ? 'DELAYED' : phase,
        ...placeOf({ phase, state, from, to, drive }),
        from,
        to,
        departedMs: drive?.departedMs ?? null,
        arrivesMs: drive?.arrivesMs ?? null,
        loadUnits: truck.loaded ? truck.units : 0,
        etaMs: onWay && !back ? truck.etaMs : null,
      },
    ];
  }
}

function storeView({ master, inside, doorsOpen, stock }: Store): StoreView {
  return { id: master.id, occupancy: inside, open: doorsOpen, stockouts: stock.outOfStock };
}

/** Returns the DC, and the store or supplier's depot at the other end of the trip. */
function endsOf(truck: Truck): [LivePlace, LivePlace] {
  const { region, cargo, inbound } = truck;
  const { dc, stores } = region.plan;
  const home: LivePlace = { kind: 'dc', id: dc.id, ...coordinates(dc) };
  if (!inbound) {
    const store = stores[cargo.storeIndex];
    return [home, { kind: 'store', id: store.id, ...coordinates(store) }];
  }
  const [supplierId] = cargo.supplierId;
  const depot = region.world.supplierDepots.find(
    (one) => one.supplierId === supplierId && one.dcId === dc.id,
  );
  return [home, { kind: 'supplier', id: supplierId ?? 0, ...coordinates(depot ?? dc) }];
}

function coordinates({ latitude, longitude }: { latitude: number; longitude: number }) {
  return { latitude, longitude };
}

interface Drive {
  /** Epoch ms, computed as if the truck drove the whole way at its present speed; null while it stands. */
  readonly departedMs: number | null;
  readonly arrivesMs: number | null;
  /** Share of the way already driven, 0–1. */
  readonly share: number;
}

function driveOf(truck: Truck, nowMs: number, stands: boolean): Drive {
  const { legDriveMs, stretchMs, breaksDown, afterRepairMs, movingSinceMs, speedShare } = truck;
  const wholeMs = Math.max(1, legDriveMs + restsWithinMs(legDriveMs));
  const leftMs = stretchMs + (breaksDown ? afterRepairMs : 0);
  if (stands) return { departedMs: null, arrivesMs: null, share: within(1 - leftMs / wholeMs) };
  const arrivesMs = movingSinceMs + leftMs / speedShare;
  const departedMs = arrivesMs - wholeMs / speedShare;
  const share = within((nowMs - departedMs) / (arrivesMs - departedMs));
  return { departedMs: Math.round(departedMs), arrivesMs: Math.round(arrivesMs), share };
}

function placeOf(truck: {
  phase: TruckPhase;
  /** State of the truck's statechart. */
  state: string;
  from: LivePlace;
  to: LivePlace;
  /** Undefined if the truck is at either end. */
  drive: Drive | undefined;
}): { latitude: number; longitude: number } {
  const { phase, state, from, to, drive } = truck;
  if (drive === undefined) {
    const atEnd = phase === 'ARRIVED' || phase === 'UNLOADING' || state === 'restingBack';
    return coordinates(atEnd ? to : from);
  }
  const { share } = drive;
  return {
    latitude: from.latitude + (to.latitude - from.latitude) * share,
    longitude: from.longitude + (to.longitude - from.longitude) * share,
  };
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
