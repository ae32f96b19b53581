/** Value sets of the data contract. A record holds the index, a file the text. */

export const TENDERS = ['CASH', 'CREDIT_CARD', 'DEBIT_CARD', 'CHECK', 'MOBILE_PAY'] as const;
export const TENDER = { cash: 0, credit: 1, debit: 2, check: 3, mobile: 4 } as const;

export const PAYMENT_STATUSES = ['APPROVED', 'DECLINED', 'REFUNDED'] as const;
export const PAYMENT = { approved: 0, declined: 1, refunded: 2 } as const;

export const STOCK_REASONS = [
  'INBOUND_SHIPMENT',
  'OUTBOUND_SHIPMENT',
  'ADJUSTMENT',
  'DAMAGED',
  'LOST',
  'SALE',
  'RETURN',
] as const;
export const REASON = {
  inbound: 0,
  outbound: 1,
  adjustment: 2,
  damaged: 3,
  lost: 4,
  sale: 5,
  return: 6,
} as const;

/** Where a stock movement comes from. */
export const STOCK_SOURCES = ['POS', 'ONLINE', 'SHIPMENT', 'COUNT', 'RETURNS', 'FLOOR'] as const;
/** `floor`: theft and damage that nobody has seen. */
export const SOURCE = { pos: 0, online: 1, shipment: 2, count: 3, returns: 4, floor: 5 } as const;

/** Why a product is gone where it is sold or shipped from. */
export const STOCKOUT_CAUSES = ['NOT_FILLED', 'RECORD_ERROR', 'ON_ORDER', 'NOT_ORDERED'] as const;
export const STOCKOUT_CAUSE = { notFilled: 0, recordError: 1, onOrder: 2, notOrdered: 3 } as const;

export const RECORD_ERRORS = ['THEFT', 'DAMAGE', 'MIS_SCAN', 'MISCOUNT'] as const;
export const RECORD_ERROR = { theft: 0, damage: 1, misScan: 2, miscount: 3 } as const;

export const COUNT_KINDS = ['CYCLE', 'ZERO_BALANCE'] as const;
export const COUNT_KIND = { cycle: 0, zeroBalance: 1 } as const;

/** What a shopper does at an empty shelf. */
export const SHELF_REACTIONS = [
  'OTHER_STORE',
  'OTHER_BRAND',
  'DELAY',
  'NOTHING',
  'OTHER_SIZE',
] as const;
export const SHELF_REACTION = {
  otherStore: 0,
  otherBrand: 1,
  delay: 2,
  nothing: 3,
  otherSize: 4,
} as const;

export const LOAD_ACTIONS = ['LOAD', 'UNLOAD'] as const;
export const LOAD_ACTION = { load: 0, unload: 1 } as const;

export const LOCATION_TYPES = ['SUPPLIER', 'DC', 'STORE'] as const;
export const LOCATION = { supplier: 0, dc: 1, store: 2 } as const;

export const TRUCK_STATUSES = [
  'SCHEDULED',
  'LOADING',
  'IN_TRANSIT',
  'ARRIVED',
  'UNLOADING',
  'COMPLETED',
  'DELAYED',
] as const;
export const TRUCK_STATUS = {
  scheduled: 0,
  loading: 1,
  inTransit: 2,
  arrived: 3,
  unloading: 4,
  completed: 5,
  delayed: 6,
} as const;

export const PRIORITIES = ['NORMAL', 'HIGH', 'URGENT'] as const;
export const PRIORITY = { normal: 0, high: 1, urgent: 2 } as const;

export const DEPARTMENTS = [
  'Grocery',
  'Electronics',
  'Clothing',
  'Health & Beauty',
  'Home & Garden',
  'Baby & Kids',
  'Pet Supplies',
  'Automotive',
  'Office Supplies',
  'Seasonal & Sports',
] as const;
export type Department = (typeof DEPARTMENTS)[number];

/** Zones of a store, in the order of the shopper's way round; see policy/layout.ts for adjacency. */
export const ZONES = [
  'ENTRANCE',
  'GROCERY',
  'HEALTH_BEAUTY',
  'BABY_KIDS',
  'PET_SUPPLIES',
  'HOME_GARDEN',
  'SEASONAL_SPORTS',
  'AUTOMOTIVE',
  'ELECTRONICS',
  'OFFICE_SUPPLIES',
  'CLOTHING',
  'CHECKOUT',
  'EXIT',
] as const;
export const ZONE = { entrance: 0, checkout: 11, exit: 12 } as const;

/** Zone of each department, by department index. */
export const DEPARTMENT_ZONES = [1, 8, 10, 2, 5, 3, 4, 7, 9, 6] as const;

export const STORE_OPERATIONS = ['OPENED', 'CLOSED'] as const;
export const STORE_OPERATION = { opened: 0, closed: 1 } as const;

export const CHANNELS = ['SEARCH', 'EMAIL', 'SOCIAL', 'DISPLAY', 'VIDEO'] as const;
export const CAMPAIGN_TYPES = ['SEASONAL', 'LAUNCH', 'LOYALTY', 'FLASH', 'ALWAYS_ON'] as const;
export const CAMPAIGN_TYPE = { seasonal: 0, launch: 1, loyalty: 2, flash: 3, alwaysOn: 4 } as const;
/** Pages of the web shop that an ad leads to. */
export const LANDINGS = ['HOME', 'DEPARTMENT', 'PRODUCT', 'OFFER', 'STORE_FINDER'] as const;
export const DEVICES = ['MOBILE', 'DESKTOP', 'TABLET'] as const;

export const FULFILLMENT_MODES = ['SHIP_FROM_STORE', 'SHIP_FROM_DC', 'BOPIS'] as const;
export const FULFILLMENT = { shipFromStore: 0, shipFromDc: 1, bopis: 2 } as const;
export const NODE_TYPES = ['STORE', 'DC'] as const;
export const NODE = { store: 0, dc: 1 } as const;

export const ORDER_STATUSES = [
  'CREATED',
  'PICKED',
  'SHIPPED',
  'READY_FOR_PICKUP',
  'DELIVERED',
  'COLLECTED',
  'CANCELLED',
] as const;
export const ORDER_STATUS = {
  created: 0,
  picked: 1,
  shipped: 2,
  readyForPickup: 3,
  delivered: 4,
  collected: 5,
  cancelled: 6,
} as const;

export const DISCOUNT_TYPES = ['PERCENT_OFF', 'LOYALTY', 'CLEARANCE'] as const;
export const DISCOUNT = { percentOff: 0, loyalty: 1, clearance: 2 } as const;

export const RETURN_REASONS = [
  'CHANGED_MIND',
  'DEFECTIVE',
  'WRONG_SIZE',
  'NOT_AS_DESCRIBED',
  'UNWANTED_GIFT',
] as const;
/** What becomes of returned goods: back on the shelf, sold on to a liquidator, or written off. */
export const RETURN_DISPOSITIONS = ['RESTOCKED', 'RESOLD', 'DAMAGED'] as const;

export const DISRUPTION_TYPES = [
  'CAPACITY_CONSTRAINT',
  'EQUIPMENT_FAILURE',
  'WEATHER_DELAY',
  'LABOR_SHORTAGE',
  'SYSTEM_OUTAGE',
  'dc_outage',
  'inventory_shortage',
  'truck_breakdown',
  'weather_delay',
  'supplier_delay',
] as const;
export const SEVERITIES = ['MINOR', 'MODERATE', 'SEVERE'] as const;
export const DISRUPTION_STATUSES = ['ACTIVE', 'RECOVERED'] as const;

/** The sky of a day; HEAT is a dry day of 34 °C and more. */
export const SKIES = ['CLEAR', 'CLOUDY', 'RAIN', 'RAIN_ALL_DAY', 'SNOW', 'HEAT'] as const;

export const SEGMENTS = ['BUDGET', 'CONVENIENCE', 'QUALITY', 'LOYAL'] as const;

export const STORE_SIZES = ['SMALL', 'MEDIUM', 'LARGE'] as const;
