/**
 * One running region: creates its entities and holds what they share. Regions share only the read-only world.
 *
 * Each entity declares in its own file which parts of the region it uses; only this file knows all of them.
 */
import { CAST, type Role } from '../../actors/cast.ts';
import { type FactScratch, type FactSink, factScratch } from '../domain/facts.ts';
import type { Sections } from '../domain/plain-data.ts';
import { DEPARTMENT_ZONES } from '../domain/values.ts';
import { Executive } from '../engine/executive.ts';
import type { Effects } from '../policy/effects.ts';
import type { Advertising } from '../policy/advertising.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { isPerishable } from '../policy/spoilage.ts';
import { cycleDays, likingOf } from '../policy/household-repertoire.ts';
import { advertisingOf } from '../world/advertising.ts';
import { type VisitRates, visitRatesOf } from '../world/visit-rates.ts';
import type { OpeningStock, RegionPlan, World } from '../world/world.ts';
import { AdResponses, type AdResponsesRegion } from './ad-responses.ts';
import { Audience } from './audience.ts';
import type { CampaignRegion } from './campaign.ts';
import { Conditions } from './conditions.ts';
import { Campaigns } from './campaigns.ts';
import { DcStock } from './dc-stock.ts';
import { type DisruptedRegion, Disruptions } from './disruptions.ts';
import { DistributionCenter, type DcRegion } from './distribution-center.ts';
import { executiveSections, executiveStateOf } from './executive-sections.ts';
import { type ExtensionState, observableSink, regionExtensions } from './extension-part.ts';
import { Fleet } from './fleet.ts';
import { HouseholdBudgets } from './household-budgets.ts';
import { Households } from './households.ts';
import { ListSizes } from './list-sizes.ts';
import { Merchandise } from './merchandise.ts';
import { OfferPlan } from './offer-plan.ts';
import { openExtensions } from './open-extensions.ts';
import type { OrderRegion } from './online-order.ts';
import { OnlineOrders } from './online-orders.ts';
import { OnlineShop, type ShopRegion } from './online-shop.ts';
import { Patrons } from './patrons.ts';
import { PlannedVisits, type PlannedVisitsRegion } from './planned-visits.ts';
import { PostponedWishes } from './postponed-wishes.ts';
import { RegionWeather } from './region-weather.ts';
import { ReturnsDesk } from './returns-desk.ts';
import type { RegionServices } from './services.ts';
import { SessionPool } from './session-pool.ts';
import { SavedState, type StatefulPart } from './state.ts';
import { StoreStock } from './store-stock.ts';
import type { StockOptions } from './stock-ledger.ts';
import { Store, type StoreRegion } from './store.ts';
import { lastTradingDay } from './store-hours.ts';
import { StoreTravel } from './store-travel.ts';
import { SupplyLine, type SupplyRegion } from './supply-line.ts';
import { Trouble } from './trouble.ts';
import type { TruckRegion } from './truck.ts';
import { type WeatherRegion, WeatherStation } from './weather-station.ts';

export interface RegionOptions {
  readonly world: World;
  readonly plan: RegionPlan;
  readonly effects: Effects;
  readonly facts: FactSink;
  readonly interpreter?: 'derived' | 'stock';
}

export class Region
  implements
    RegionServices,
    StoreRegion,
    DcRegion,
    TruckRegion,
    SupplyRegion,
    OrderRegion,
    ShopRegion,
    CampaignRegion,
    AdResponsesRegion,
    DisruptedRegion,
    PlannedVisitsRegion,
    WeatherRegion
{
  readonly world: World;
  readonly plan: RegionPlan;
  readonly effects: Effects;
  readonly facts: FactSink;
  readonly scratch: FactScratch = factScratch();
  readonly seed: number;
  executive: Executive;
  readonly patrons: Patrons;
  readonly households: Households;
  readonly sessions: SessionPool;
  readonly plannedVisits: PlannedVisits;
  readonly returns: ReturnsDesk;
  readonly advertising: Advertising;
  readonly audience: Audience;
  readonly adResponses: AdResponses;
  readonly visitRates: VisitRates;
  readonly wishes = new PostponedWishes();
  readonly stores: readonly Store[];
  readonly dc: DistributionCenter;
  readonly fleet: Fleet;
  readonly supply: SupplyLine;
  readonly orders: OnlineOrders;
  readonly shop: OnlineShop;
  readonly campaigns: Campaigns;
  readonly disruptions: Disruptions;
  readonly weather: RegionWeather;
  readonly weatherStation: WeatherStation;
  /** The present effects of requested disruptions. */
  trouble: Trouble;
  readonly offers: OfferPlan;
  readonly budgets: HouseholdBudgets;
  /** Conditions of scenarios in the stores, if there are any. */
  readonly conditions: Conditions | undefined;
  private readonly extensions: readonly ExtensionState[];
  /** Zone of each product's department. */
  readonly productZone: Uint8Array;
  /** Days after which each product is needed again. */
  readonly cycleDays: Uint8Array;
  /** Product indices by category. */
  readonly categoryProducts: readonly Int32Array[];
  /** Products (indices) that go out of date. */
  readonly perishables: readonly number[];
  /** The parts with state, in the order in which they are saved and restored. */
  readonly parts: readonly StatefulPart[];
  private readonly travel: StoreTravel;
  private readonly sizes: ListSizes;
  private readonly marketedSizes: ListSizes;

  constructor(options: RegionOptions) {
    const { world, plan, effects, facts } = options;
    this.world = world;
    this.plan = plan;
    const conditions =
      effects.conditions.length === 0 ? undefined : new Conditions(effects.conditions);
    this.conditions = conditions;
    this.effects =
      conditions === undefined ? effects : effects.under((number) => conditions.isMet(number));
    const extensions = regionExtensions();
    this.facts = extensions.length === 0 ? facts : observableSink(facts);
    this.seed = world.seed;
    this.executive = new Executive({
      startMs: world.startMs,
      seed: world.seed,
      interpreter: options.interpreter ?? 'derived',
    });
    this.weather = new RegionWeather(world.seed, plan.id, plan.dc, {
      effects: this.effects,
      zone: new ZoneTime(plan.dc.timeZone),
    });
    const { products } = world;
    this.productZone = Uint8Array.from(
      products.department,
      (department) => DEPARTMENT_ZONES[department],
    );
    this.cycleDays = Uint8Array.from(products.category, cycleDays);
    this.categoryProducts = groupByCategory(products.categoryIndex);
    this.perishables = [...products.category.keys()].filter((product) =>
      isPerishable(products.category[product]),
    );
    this.patrons = patronsOf(world, plan);
    this.sessions = new SessionPool(this);
    this.plannedVisits = new PlannedVisits(this);
    this.returns = new ReturnsDesk(this);
    this.advertising = advertisingOf(world.config);
    this.households = new Households(world, plan);
    this.audience = new Audience(world, plan, this.advertising, this.households);
    this.adResponses = new AdResponses(this, this.advertising);
    this.offers = new OfferPlan(world.seed, products);
    const itemsPerTicket = world.config.volume.items_per_ticket_mean;
    this.visitRates = visitRatesOf(world.config, products);
    const { purchase, marketedLines } = this.visitRates;
    this.sizes = new ListSizes(itemsPerTicket, 1, purchase);
    this.marketedSizes = new ListSizes(itemsPerTicket, marketedLines, purchase);
    this.budgets = new HouseholdBudgets(this);
    this.travel = new StoreTravel(plan.stores);

    this.stores = this.buildStores();
    this.dc = this.buildDc();
    this.fleet = new Fleet(this);
    this.supply = new SupplyLine(this);
    this.trouble = new Trouble(this, []);
    this.orders = new OnlineOrders(this);
    this.shop = new OnlineShop(this);
    this.campaigns = new Campaigns(this);
    this.disruptions = new Disruptions(this);
    this.weatherStation = new WeatherStation(this);
    this.extensions = openExtensions(this);
    this.parts = this.partsInOrder();
  }

  /** Visits come before the stores, in whose queues they stand. */
  private partsInOrder(): StatefulPart[] {
    return [
      this.patrons,
      this.plannedVisits,
      this.returns,
      this.wishes,
      this.audience,
      this.adResponses,
      this.sessions,
      ...this.stores,
      this.dc,
      this.fleet,
      this.supply,
      this.orders,
      this.shop,
      this.campaigns,
      this.disruptions,
      this.weatherStation,
      ...(this.conditions === undefined ? [] : [this.conditions]),
      ...this.extensions,
    ];
  }

  private buildStores(): Store[] {
    const { world, plan, effects, weather } = this;
    const merchandiseOf = (storeId?: number) =>
      new Merchandise({
        seed: world.seed,
        products: world.products,
        effects,
        weather,
        timeZone: plan.dc.timeZone,
        dcId: plan.id,
        storeId,
      });
    const shared = effects.touchesProducts ? undefined : merchandiseOf();
    return plan.stores.map((master, index) => {
      const stock = new StoreStock({
        ...this.stockOptions(master.id, world.openingStoreStock(master.id)),
        shelves: world.openingShelves(master.id),
        casePack: world.products.casePack,
      });
      return new Store({
        region: this,
        master,
        index,
        stock,
        merchandise: shared ?? merchandiseOf(master.id),
      });
    });
  }

  private buildDc(): DistributionCenter {
    const opening = this.world.openingDcStock(this.plan.id);
    const unitsPerDay = opening.demand.reduce((sum, units) => sum + units, 0);
    const stock = new DcStock(this.stockOptions(this.plan.id, opening));
    return new DistributionCenter({ region: this, stock, unitsPerDay });
  }

  private stockOptions(nodeId: number, opening: OpeningStock): StockOptions {
    const { facts, scratch } = this;
    return { nodeId, facts, scratch, opening };
  }

  /** Starts the actors that a new world begins with. Called for a new world, not for one that is continued. */
  open(): void {
    this.weatherStation.handle = this.start('weatherStation', this.weatherStation);
    for (const store of this.stores) store.handle = this.start('store', store);
    for (const supplier of this.supply.actors()) {
      supplier.handle = this.start('supplier', supplier);
    }
    for (const truck of this.fleet.all) truck.handle = this.start('truck', truck);
    this.dc.handle = this.start('distributionCenter', this.dc);
    this.dc.scheduleCapacityChanges();
    this.sendAt(this.nowMs, this.dc.handle, 'WORLD_OPENED', 0);
    for (const store of this.stores) {
      const { closeMs } = lastTradingDay(store.zone, this.nowMs);
      this.sendAt(Math.max(this.nowMs, closeMs), store.handle, 'EVENING_REVIEW_DUE', 0);
    }
    this.shop.handle = this.start('onlineShop', this.shop);
    this.shop.planCampaigns();
    for (const { part } of this.extensions) part.begin?.();
  }

  /** Returns the state of the region between two steps. */
  save(): Sections {
    const sections = executiveSections(this.executive.save());
    for (const part of this.parts) Object.assign(sections, part.save());
    return sections;
  }

  /** Restores saved state. Called on a new region of the same world, instead of `open`. */
  restore(sections: Sections): void {
    const saved = new SavedState(sections);
    const entities = new Map<number, object>();
    for (const part of this.parts) {
      part.restore(saved);
      for (const entity of part.actors?.() ?? []) entities.set(entity.handle, entity);
    }
    this.executive = Executive.restore(executiveStateOf(saved), {
      seed: this.seed,
      interpreter: 'derived',
      machines: [
        ...Object.values(CAST),
        ...regionExtensions().flatMap(({ statecharts }) => statecharts),
      ],
      contextOf: (handle, machineId) => {
        const entity = entities.get(handle);
        if (entity !== undefined) return entity;
        throw new Error(
          `Cannot restore actor ${handle} of "${machineId}": no part of the region has its entity`,
        );
      },
    });
  }

  get nowMs(): number {
    return this.executive.nowMs;
  }

  start(role: Role, entity: object): number {
    return this.executive.start(CAST[role], entity);
  }

  send(handle: number, type: string, argument = 0): void {
    this.executive.send(handle, type, argument);
  }

  sendAt(atMs: number, handle: number, type: string, argument: number): void {
    this.executive.sendAt(atMs, handle, type, argument);
  }

  travelMs(from: number, to: number): number {
    return this.travel.timeMs(from, to);
  }

  get longestTravelMs(): number {
    return this.travel.longestMs;
  }

  nearestOtherStore(index: number): Store | undefined {
    const nearest = this.travel.nearestOther(index);
    return nearest < 0 ? undefined : this.stores[nearest];
  }

  homeStore(customerId: number): Store {
    return this.stores[
      this.households.homeStoreOf(customerId - this.plan.firstCustomerId, this.nowMs)
    ];
  }

  listSizes(marketed: boolean): ListSizes {
    return marketed ? this.marketedSizes : this.sizes;
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

function patronsOf({ customers, products }: World, plan: RegionPlan): Patrons {
  const { firstCustomerId, customerCount } = plan;
  const first = firstCustomerId - 1;
  return new Patrons({
    firstCustomerId,
    natures: customers.nature.subarray(first, first + customerCount),
    liking: likings(products),
  });
}

/** Returns how easily each product enters repertoires, by its popularity in its department. */
function likings({ count, department, popularity }: World['products']): Float32Array {
  const members = new Int32Array(DEPARTMENT_ZONES.length);
  for (const number of department) members[number]++;
  return Float32Array.from({ length: count }, (_, index) =>
    likingOf(popularity[index] * members[department[index]]),
  );
}
