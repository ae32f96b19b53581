/**
 * The live state of one region, and the services that its entities use: clock and calendar, facts,
 * neighbours. Regions share nothing but the read-only world.
 */
import { CAST, type Role } from '../../actors/cast.ts';
import { type FactScratch, type FactSink, factScratch } from '../domain/facts.ts';
import { DEPARTMENT_ZONES } from '../domain/values.ts';
import { Executive } from '../engine/executive.ts';
import { AliasTable } from '../engine/variates.ts';
import type { Effects } from '../policy/effects.ts';
import { MARKETED_BASKET } from '../policy/missions.ts';
import { greatCircleKm } from '../world/distance.ts';
import type { RegionPlan, World } from '../world/world.ts';
import { type AdRun, impressionBase } from './ad-run.ts';
import { catchments } from './catchment.ts';
import type { Disruption } from './disruptions.ts';
import { expectedDemand } from './expected-demand.ts';
import { Floor } from './floor.ts';
import { ListSizes } from './list-sizes.ts';
import { Merchandise } from './merchandise.ts';
import { OfferPlan } from './offer-plan.ts';
import { OnlineOrders } from './online-orders.ts';
import { Patrons } from './patrons.ts';
import { SlotPool } from './slot-pool.ts';
import { StockLedger } from './stock-ledger.ts';
import { SupplierAccount, SupplyLine } from './supply-line.ts';
import { Touches } from './touches.ts';
import { Trouble } from './trouble.ts';
import { TruckTrip } from './truck-trip.ts';
import { VisitPool } from './visit-pool.ts';
import { Warehouse } from './warehouse.ts';
import { WebShop } from './web-shop.ts';

export interface RegionOptions {
  readonly world: World;
  readonly plan: RegionPlan;
  readonly effects: Effects;
  readonly facts: FactSink;
  readonly engine?: 'derived' | 'stock';
}

export class Region {
  readonly world: World;
  readonly plan: RegionPlan;
  readonly effects: Effects;
  readonly facts: FactSink;
  readonly scratch: FactScratch = factScratch();
  readonly seed: number;
  executive: Executive;
  readonly patrons: Patrons;
  readonly visits = new VisitPool();
  readonly planned = new SlotPool(4);
  readonly goodsBack = new SlotPool(8);
  readonly touches = new Touches();
  readonly floors: Floor[];
  readonly warehouse: Warehouse;
  readonly trips: TruckTrip[];
  readonly supplierTrips: TruckTrip[];
  readonly offers: OfferPlan;
  readonly supply: SupplyLine;
  readonly orders: OnlineOrders;
  readonly shop: WebShop;
  readonly adRuns = new Map<number, AdRun>();
  readonly disruptions = new Map<number, Disruption>();
  /** What live disruptions do at the moment. */
  trouble: Trouble;
  readonly impressionBase: number;
  impressions = 0;
  /** Zone of each product's department. */
  readonly productZone: Uint8Array;
  /** Product indices by category. */
  readonly categoryProducts: Int32Array[];
  private readonly storeTravelMs: Float64Array;
  private readonly sizes: ListSizes;
  private readonly marketedSizes: ListSizes;
  private readonly storeIndexById = new Map<number, number>();

  constructor(options: RegionOptions) {
    const { world, plan, effects, facts } = options;
    this.world = world;
    this.plan = plan;
    this.effects = effects;
    this.facts = facts;
    this.seed = world.seed;
    this.executive = new Executive({
      startMs: world.startMs,
      seed: world.seed,
      engine: options.engine ?? 'derived',
    });
    const { products } = world;
    this.productZone = Uint8Array.from(
      products.department,
      (department) => DEPARTMENT_ZONES[department],
    );
    this.categoryProducts = groupByCategory(products.categoryIndex);
    this.patrons = new Patrons(plan.firstCustomerId, plan.customerCount, products.count);
    this.offers = new OfferPlan(world.seed, products);
    this.impressionBase = impressionBase(plan.id);
    const itemsPerTicket = world.config.volume.items_per_ticket_mean;
    this.sizes = new ListSizes(itemsPerTicket, 1);
    this.marketedSizes = new ListSizes(itemsPerTicket, MARKETED_BASKET);
    for (const [index, store] of plan.stores.entries()) this.storeIndexById.set(store.id, index);
    this.storeTravelMs = travelTimes(plan);

    const shared = effects.touchesProducts
      ? undefined
      : new Merchandise(world.seed, products, effects, plan.id);
    const areas = catchments(world, plan);
    let unitsPerDay = 0;
    const dcForecast = new Float64Array(products.count);
    this.floors = plan.stores.map((store, index) => {
      const stock = new StockLedger({
        atStore: true,
        nodeId: store.id,
        facts,
        scratch: this.scratch,
        opening: world.openingStoreStock(store.id),
      });
      const demand = expectedDemand(world, store, stock.carried);
      stock.forecast.set(demand);
      for (let product = 0; product < demand.length; product++) {
        dcForecast[product] += demand[product];
        unitsPerDay += demand[product];
      }
      const { patrons, odds } = areas[index];
      return new Floor({
        region: this,
        store,
        index,
        stock,
        merchandise: shared ?? new Merchandise(world.seed, products, effects, plan.id, store.id),
        catchment: patrons,
        catchmentOdds: new AliasTable(odds),
      });
    });
    const dcStock = new StockLedger({
      atStore: false,
      nodeId: plan.dc.id,
      facts,
      scratch: this.scratch,
      opening: world.openingDcStock(plan.dc.id),
    });
    dcStock.forecast.set(dcForecast);
    this.warehouse = new Warehouse(this, plan.dc, dcStock, unitsPerDay);
    this.trips = plan.trucks.map((truck) => new TruckTrip(this, truck));
    this.supplierTrips = plan.supplierTrucks.map((truck) => new TruckTrip(this, truck));
    this.supply = new SupplyLine(this);
    for (const depot of world.supplierDepots) {
      if (depot.dcId !== plan.id) continue;
      const supplier = world.suppliers[depot.supplierId - 1];
      this.supply.accounts.set(supplier.id, new SupplierAccount(this.supply, supplier, depot));
    }
    this.trouble = new Trouble(this, []);
    this.orders = new OnlineOrders(this);
    this.shop = new WebShop(this);
  }

  /** Brings the standing cast on stage; for a world that begins, not one that goes on. */
  open(): void {
    for (const floor of this.floors) floor.handle = this.start('store', floor);
    for (const account of this.supply.accounts.values()) {
      account.handle = this.start('supplier', account);
    }
    for (const trip of [...this.trips, ...this.supplierTrips])
      trip.handle = this.start('truck', trip);
    this.warehouse.handle = this.start('distributionCenter', this.warehouse);
    this.warehouse.scheduleCapacityChanges();
    this.shop.handle = this.start('onlineShop', this.shop);
    this.shop.planCampaigns();
  }

  get nowMs(): number {
    return this.executive.nowMs;
  }

  start(role: Role, context: object): number {
    return this.executive.start(CAST[role], context);
  }

  send(handle: number, type: string, argument = 0): void {
    this.executive.send(handle, type, argument);
  }

  sendAt(atMs: number, handle: number, type: string, argument: number): void {
    this.executive.sendAt(atMs, handle, type, argument);
  }

  /** Time that a customer needs from one store of the region to another, by index. */
  travelMs(from: number, to: number): number {
    return this.storeTravelMs[from * this.plan.stores.length + to];
  }

  nearestOtherStore(index: number): Floor | undefined {
    let nearest: Floor | undefined;
    let bestMs = 45 * 60_000;
    for (const floor of this.floors) {
      if (floor.index === index) continue;
      const travelMs = this.travelMs(index, floor.index);
      if (travelMs < bestMs) {
        bestMs = travelMs;
        nearest = floor;
      }
    }
    return nearest;
  }

  /** The store where a customer is at home. */
  homeFloor(customerId: number): Floor {
    const storeId = this.world.customers.homeStoreId[customerId - 1];
    return this.floors[this.storeIndexById.get(storeId) ?? 0];
  }

  listSizes(marketed: boolean): readonly AliasTable[] {
    return marketed ? this.marketedSizes.byMission : this.sizes.byMission;
  }
}

function groupByCategory(categoryIndex: Int32Array): Int32Array[] {
  const groups: number[][] = [];
  categoryIndex.forEach((category, product) => {
    groups[category] ??= [];
    groups[category].push(product);
  });
  return groups.map((group) => Int32Array.from(group ?? []));
}

/** Between stores: 1.3 times the great circle at 50 km/h, and five minutes to park. */
function travelTimes(plan: RegionPlan): Float64Array {
  const { stores } = plan;
  const times = new Float64Array(stores.length * stores.length);
  for (let from = 0; from < stores.length; from++) {
    for (let to = 0; to < stores.length; to++) {
      if (from === to) continue;
      const a = stores[from];
      const b = stores[to];
      const km = greatCircleKm(a, b);
      times[from * stores.length + to] = Math.ceil(((km * 1.3) / 50) * 3_600_000) + 300_000;
    }
  }
  return times;
}
