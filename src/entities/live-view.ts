/**
 * A region as those who watch it see it: read from its live state between two steps, never changed.
 *
 * Nothing here runs unless somebody asks.
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
  /** Products that it carries and has run out of. */
  readonly stockouts: number;
}

export interface DcView {
  readonly id: number;
  readonly onHandUnits: number;
  /** What is left of its capacity, 0–100. */
  readonly capacityPercent: number;
  /** Trucks that wait for a load or a dock. */
  readonly queue: number;
}

/** Where a truck is in its truck. */
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
  /** Epoch ms; null while it stands. */
  readonly departedMs: number | null;
  readonly arrivesMs: number | null;
  readonly loadUnits: number;
  /** What was announced when it left; null before. */
  readonly etaMs: number | null;
}

export interface LiveDisruptionView {
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
  /** Whether a scenario brought it; chance otherwise. */
  readonly declared: boolean;
}

export interface RegionView {
  readonly id: number;
  readonly nowMs: number;
  readonly stores: readonly StoreView[];
  readonly dc: DcView;
  /** All that are not parked. */
  readonly trucks: readonly TruckView[];
  /** Those under way that chance or a scenario brought; those from outside are in the world's journal. */
  readonly disruptions: readonly LiveDisruptionView[];
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
        .filter(({ live, startMs, endMs }) => {
          return live === null && startMs <= region.nowMs && region.nowMs < endMs;
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
    for (let product = 0; product < onHand.length; product++) onHandUnits += onHand[product];
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

/** The DC, and the store or supplier's depot at the other end. */
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
  /** As if it drove all the way as it drives now; null while it stands. */
  readonly departedMs: number | null;
  readonly arrivesMs: number | null;
  /** How much of the way lies behind it, 0–1. */
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
  /** Of its statechart. */
  state: string;
  from: LivePlace;
  to: LivePlace;
  /** Where it is on the way; undefined at either end. */
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
