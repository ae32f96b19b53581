/**
 * The world when the clock starts: its entities and their places.
 *
 * Everything here is fixed once built and shared read-only by all regions; what changes while the
 * world runs is in the regions' own state. Ids are numbers from 1; arrays named by entity are in
 * the order of ids, so entity `n` is at index `n - 1`. Entities that number thousands (products, customers)
 * are columns of typed arrays.
 */
import type { Config } from './config.ts';

export interface Geography {
  readonly id: number;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly district: string;
  readonly region: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
  readonly population: number;
  /** Sales tax in hundredths of a percent: 1012 is 10.12 %. */
  readonly taxBasisPoints: number;
}

export interface DistributionCenter {
  readonly id: number;
  readonly dcNumber: string;
  readonly address: string;
  readonly geographyId: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
}

export interface Store {
  readonly id: number;
  readonly storeNumber: string;
  readonly address: string;
  readonly geographyId: number;
  readonly dcId: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
  /** Index into STORE_SIZES. */
  readonly size: number;
  /** Mean visits a day of the store; the mean over the network's stores is customers_per_day. */
  readonly visitsPerDay: number;
  readonly taxBasisPoints: number;
  /** Great-circle distance to its DC. */
  readonly dcDistanceKm: number;
}

export interface Supplier {
  readonly id: number;
  readonly company: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly leadTimeDays: number;
}

/** The place where a supplier's goods for one DC are loaded: a depot that several suppliers share. */
export interface SupplierDepot {
  readonly supplierId: number;
  readonly dcId: number;
  /** Number of the depot at the DC, from 1. */
  readonly depot: number;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Truck {
  readonly id: number;
  readonly licensePlate: string;
  readonly refrigerated: boolean;
  /** Home DC; 0 for suppliers' trucks. */
  readonly dcId: number;
  /** The region (DC) that the truck works for, also for suppliers' trucks. */
  readonly regionId: number;
  readonly capacityUnits: number;
  readonly capacityPallets: number;
}

/** All products, by column. Index is id - 1. */
export interface Products {
  readonly count: number;
  readonly name: readonly string[];
  readonly brand: readonly string[];
  readonly company: readonly string[];
  readonly category: readonly string[];
  readonly subcategory: readonly string[];
  /** Index into DEPARTMENTS. */
  readonly department: Uint8Array;
  readonly costCents: Int32Array;
  readonly msrpCents: Int32Array;
  readonly salePriceCents: Int32Array;
  readonly refrigerated: Uint8Array;
  readonly taxable: Uint8Array;
  readonly casePack: Int32Array;
  readonly supplierId: Int32Array;
  readonly launchMs: Float64Array;
  /** Relative popularity within the department (Zipf–Mandelbrot), sums to 1 per department. */
  readonly popularity: Float64Array;
  /** Number of the product's category within the world, from 0. Products of one category substitute each other. */
  readonly categoryIndex: Int32Array;
}

/**
 * All customers, by column. Index is id - 1. Customers of one region have consecutive ids
 * (see RegionPlan); names and addresses are only in the master file.
 */
export interface Customers {
  readonly count: number;
  readonly geographyId: Int32Array;
  readonly homeStoreId: Int32Array;
  /** Index into SEGMENTS. */
  readonly segment: Uint8Array;
  /** 1 with a loyalty card. */
  readonly loyalty: Uint8Array;
  /** 32 random bits from which the traits of the household follow (src/policy/trait.ts). */
  readonly nature: Int32Array;
  /** Relative purchase rate, gamma-distributed with mean 1 (NBD). */
  readonly rate: Float32Array;
  /** Distance from home to the home store. */
  readonly homeDistanceKm: Float32Array;
}

/** One DC with everything that belongs to it: the unit of parallelism. Regions exchange nothing. */
export interface RegionPlan {
  /** The same number as its DC's id. */
  readonly id: number;
  readonly dc: DistributionCenter;
  readonly stores: readonly Store[];
  readonly trucks: readonly Truck[];
  readonly supplierTrucks: readonly Truck[];
  /** Ids of the region's customers: customerCount of them, from firstCustomerId. */
  readonly firstCustomerId: number;
  readonly customerCount: number;
  /** The region's share of the network's online orders and campaigns (its share of customers), 0–1. */
  readonly customerShare: number;
}

/** Opening stock of a node by product index; units of -1 mean not carried there. */
export interface OpeningStock {
  readonly units: Int32Array;
  readonly reorderPoint: Int32Array;
  /** Later reorder points are never below these. */
  readonly leastReorderPoint: Int32Array;
  /** Units a day that shoppers, and of a DC online customers, are expected to ask for on the mean day of the year; 0 of what is not launched. */
  readonly demand: Float64Array;
  /** Forecasts: units a day of the mean day of the year without offers; a DC's, of online orders alone. */
  readonly forecast: Float64Array;
  /** Units that were asked for on the day of the opening. */
  readonly demandToday: Int32Array;
  /** What has been ordered and has not come in. */
  readonly orders: readonly OpeningOrder[];
}

/** An order line from before the world's opening. */
export interface OpeningOrder {
  /** Index of the product. */
  readonly product: number;
  /** 0 for an order of a store at its DC. */
  readonly supplierId: number;
  readonly units: number;
  /** Days from the opening until the supplier has the goods ready; 0 if they are on the road. */
  readonly dueDays: number;
}

/** Opening shelves and record of a store by product index; all 0 for products that the store does not carry. */
export interface OpeningShelves {
  /** Units that the shelf holds. */
  readonly capacity: Int32Array<ArrayBuffer>;
  /** Units on the shelf; the rest of the stock is in the backroom. */
  readonly units: Int32Array<ArrayBuffer>;
  /** Units in the store by its record. */
  readonly recorded: Int32Array<ArrayBuffer>;
}

/** The world as plain data, from which `worldOf` makes a world on this thread or on a worker. */
export interface WorldData {
  readonly config: Config;
  readonly seed: number;
  /** Opening instant: historical.start_date, or `--from` of the first run. */
  readonly startMs: number;
  readonly geographies: readonly Geography[];
  readonly dcs: readonly DistributionCenter[];
  readonly stores: readonly Store[];
  readonly suppliers: readonly Supplier[];
  /** One for each supplier and DC, by supplier, then DC. */
  readonly supplierDepots: readonly SupplierDepot[];
  /** By id. Fleets sized automatically leave gaps in the ids (trucks.ts), so look trucks up by id. */
  readonly trucks: readonly Truck[];
  readonly products: Products;
  readonly customers: Customers;
  readonly regions: readonly RegionPlan[];
  /** Sentences about the config that a user should read once, e.g. visits per customer. */
  readonly warnings: readonly string[];
}

export interface World extends WorldData {
  /** Returns the opening stock, drawn from substreams of the node: always the same. */
  openingStoreStock(storeId: number): OpeningStock;
  openingDcStock(dcId: number): OpeningStock;
  /** Returns the opening shelves and records of a store. */
  openingShelves(storeId: number): OpeningShelves;
}
