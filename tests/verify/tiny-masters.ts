/** The dimension tables of the tiny world: two regions, three stores, four products. */
import { ADJACENT_ZONES } from '../../src/policy/layout.ts';
import type { TinyFiles } from './tiny-files.ts';

export const START_MS = Date.parse('2024-03-04T00:00:00Z');
export const END_MS = Date.parse('2024-03-06T14:00:00Z');
const CUSTOMERS = 240;

export interface TinyProduct {
  readonly id: number;
  readonly name: string;
  readonly department: number;
  readonly costCents: number;
  readonly msrpCents: number;
  readonly salePriceCents: number;
  readonly refrigerated: number;
  readonly taxable: number;
  readonly casePack: number;
  readonly launchMs: number;
}

const OLD_MS = Date.parse('2022-01-01T00:00:00Z');

export const PRODUCTS: readonly TinyProduct[] = [
  {
    id: 1,
    name: 'Whole Milk',
    department: 0,
    costCents: 300,
    msrpCents: 450,
    salePriceCents: 400,
    refrigerated: 1,
    taxable: 0,
    casePack: 6,
    launchMs: OLD_MS,
  },
  {
    id: 2,
    name: 'Desk Lamp',
    department: 4,
    costCents: 1200,
    msrpCents: 2000,
    salePriceCents: 1999,
    refrigerated: 0,
    taxable: 1,
    casePack: 4,
    launchMs: OLD_MS,
  },
  // Launched on the second day.
  {
    id: 3,
    name: 'Rope Toy',
    department: 6,
    costCents: 500,
    msrpCents: 899,
    salePriceCents: 799,
    refrigerated: 0,
    taxable: 1,
    casePack: 4,
    launchMs: Date.parse('2024-03-05T00:00:00Z'),
  },
  {
    id: 4,
    name: 'Garden Chair',
    department: 4,
    costCents: 2500,
    msrpCents: 4999,
    salePriceCents: 4999,
    refrigerated: 0,
    taxable: 1,
    casePack: 2,
    launchMs: OLD_MS,
  },
];

/** Opening units and reorder point, by node (`S1`: store 1, `D1`: DC 1) and product. */
export const OPENING: Record<string, readonly (readonly [units: number, point: number])[]> = {
  S1: [
    [150, 60],
    [60, 10],
    [40, 5],
    [2, 3],
  ],
  S2: [
    [150, 60],
    [60, 10],
    [40, 5],
    [8, 2],
  ],
  S3: [
    [50, 10],
    [50, 10],
    [50, 10],
    [50, 10],
  ],
  D1: [
    [300, 200],
    [200, 50],
    [200, 50],
    [6, 0],
  ],
  D2: [
    [500, 50],
    [500, 50],
    [500, 50],
    [500, 50],
  ],
};

/** What every shelf holds, and what its store has on record beyond what is there, by node and product. */
const SHELF_CAPACITY = 204;
export const RECORDED_TOO_MUCH: Record<string, readonly number[]> = { S1: [0, 0, 0, 1] };

/** Tax of the stores 1 and 2 and of most customers; that of the other geographies. */
export const TAX_BASIS_POINTS = 825;
export const OTHER_TAX_BASIS_POINTS = 600;
/** Customers from this number on live in a place with the other tax. */
export const FIRST_FAR_CUSTOMER = 231;

export const PROMOTION = { code: 'GR240228-25', percentOff: 25, productId: 1 } as const;

const NORTH = { latitude: 40, longitude: -75, timeZone: 'America/New_York' };
/** City, state and ZIP code of each place, as addresses end. */
const PLACES = [
  'Fernbrook, PA 19001',
  'Larkmere, TX 78701',
  'Ashmere, PA 19002',
  'Elmstow, PA 19003',
];
/** A place between the two stores in the north, and that of store 2. */
const BETWEEN = { ...NORTH, latitude: 40.2 };
const FARTHER = { ...NORTH, latitude: 40.5 };
const SOUTH = { latitude: 30.5, longitude: -97.5, timeZone: 'America/Chicago' };

/** Customers live near their home store, store 1 for even numbers, or between the two. */
function placeOf(customerId: number): number {
  if (customerId >= FIRST_FAR_CUSTOMER) return 3;
  return customerId % 2 === 0 ? 1 : 4;
}

export function writeMasters(files: TinyFiles): void {
  files.dimension(
    'geographies_master',
    {
      id: 1,
      city: 'Fernbrook',
      state: 'PA',
      zip: '19001',
      district: 'East',
      region: 'Northeast',
      ...NORTH,
      population: 50_000,
      taxRate: TAX_BASIS_POINTS / 10_000,
    },
    {
      id: 2,
      city: 'Larkmere',
      state: 'TX',
      zip: '78701',
      district: 'Central',
      region: 'South',
      ...SOUTH,
      population: 80_000,
      taxRate: OTHER_TAX_BASIS_POINTS / 10_000,
    },
    {
      id: 3,
      city: 'Ashmere',
      state: 'PA',
      zip: '19002',
      district: 'East',
      region: 'Northeast',
      ...BETWEEN,
      population: 20_000,
      taxRate: OTHER_TAX_BASIS_POINTS / 10_000,
    },
    {
      id: 4,
      city: 'Elmstow',
      state: 'PA',
      zip: '19003',
      district: 'East',
      region: 'Northeast',
      ...FARTHER,
      population: 30_000,
      taxRate: TAX_BASIS_POINTS / 10_000,
    },
  );
  const east = {
    geographyId: 1,
    dcId: 1,
    timeZone: NORTH.timeZone,
    size: 1,
    taxRate: TAX_BASIS_POINTS / 10_000,
  };
  files.dimension(
    'stores',
    {
      id: 1,
      storeNumber: 'ST0001',
      address: `1 Elm Way, ${PLACES[0]}`,
      ...east,
      latitude: 40.1,
      longitude: -75.1,
    },
    {
      id: 2,
      storeNumber: 'ST0002',
      address: `2 Oak Way, ${PLACES[3]}`,
      ...east,
      ...FARTHER,
      geographyId: 4,
    },
    {
      id: 3,
      storeNumber: 'ST0003',
      address: `3 Ash Way, ${PLACES[1]}`,
      ...east,
      ...SOUTH,
      geographyId: 2,
      dcId: 2,
      taxRate: OTHER_TAX_BASIS_POINTS / 10_000,
    },
  );
  files.dimension(
    'distribution_centers',
    { id: 1, dcNumber: 'DC001', address: `10 Dock Road, ${PLACES[0]}`, geographyId: 1, ...NORTH },
    { id: 2, dcNumber: 'DC002', address: `20 Dock Road, ${PLACES[1]}`, geographyId: 2, ...SOUTH },
  );
  files.dimension('suppliers', {
    id: 1,
    company: 'Hollowmoor Goods',
    latitude: 41,
    longitude: -76,
    leadTimeDays: 1.5,
  });
  files.dimension(
    'supplier_depots',
    { supplierId: 1, dcId: 1, depot: 1, latitude: 41, longitude: -76 },
    { supplierId: 1, dcId: 2, depot: 1, latitude: 31.5, longitude: -97.5 },
  );
  files.dimension(
    'trucks',
    {
      id: 1,
      licensePlate: 'PA AAA-0001',
      refrigerated: 1,
      dcId: 1,
      capacityUnits: 500,
      capacityPallets: 10,
    },
    {
      id: 2,
      licensePlate: 'PA AAA-0002',
      refrigerated: 0,
      dcId: 1,
      capacityUnits: 500,
      capacityPallets: 10,
    },
    {
      id: 3,
      licensePlate: 'PA AAA-0003',
      refrigerated: 1,
      dcId: 0,
      capacityUnits: 500,
      capacityPallets: 10,
    },
    {
      id: 4,
      licensePlate: 'TX AAA-0004',
      refrigerated: 1,
      dcId: 2,
      capacityUnits: 500,
      capacityPallets: 10,
    },
  );
  for (let id = 1; id <= CUSTOMERS; id++) {
    files.dimension('customers', {
      id,
      firstName: 'Tamsin',
      lastName: 'Quillfeather',
      address: `${id} Birch Lane, ${PLACES[placeOf(id) - 1]}`,
      geographyId: placeOf(id),
      loyaltyCard: id % 2 === 0 ? `LC${String(id).padStart(9, '0')}` : '',
      phone: '215-555-0142',
      bleCustomerId: id,
      adCustomerId: id,
      segment: id % 4,
      homeStoreId: 1 + (id % 2),
      adHoldout: Number(id === 43),
      openedMs: START_MS - 30 * 86_400_000,
    });
  }
  files.dimension('customer_moves', {
    customerId: 2,
    movedMs: Date.parse('2024-04-01T00:00:00Z'),
    address: `2 Alder Road, ${PLACES[3]}`,
    geographyId: 4,
    homeStoreId: 2,
  });
  files.dimension(
    'products_master',
    ...PRODUCTS.map((product) => ({
      ...product,
      brand: 'Oatmere',
      company: 'Hollowmoor Goods',
      category: 'Goods',
      subcategory: 'Plain',
      supplierId: 1,
    })),
  );
  for (const [node, products] of Object.entries(OPENING)) {
    products.forEach(([quantity, reorderPoint], index) => {
      files.dimension(
        node.startsWith('S') ? 'store_inventory_snapshots' : 'dc_inventory_snapshots',
        {
          nodeId: Number(node.slice(1)),
          productId: index + 1,
          quantity,
          reorderPoint,
          leastReorderPoint: reorderPoint,
          updatedMs: START_MS,
          shelf: quantity,
          shelfCapacity: SHELF_CAPACITY,
          recorded: quantity + (RECORDED_TOO_MUCH[node]?.[index] ?? 0),
        },
      );
    });
  }
  files.dimension(
    'campaigns',
    {
      id: 1,
      channel: 0,
      type: 0,
      startMs: START_MS,
      endMs: START_MS + 7 * 86_400_000,
      budgetCents: 300,
      costPerImpressionCents: 15,
    },
    {
      id: 2,
      channel: 1,
      type: 2,
      startMs: START_MS + 86_400_000,
      endMs: START_MS + 7 * 86_400_000,
      budgetCents: 300,
      costPerImpressionCents: 15,
    },
  );
  const week = {
    startMs: Date.parse('2024-02-28T10:00:00Z'),
    endMs: Date.parse('2024-03-06T10:00:00Z'),
  };
  files.dimension(
    'promotion_calendar',
    {
      code: PROMOTION.code,
      department: 'Grocery',
      discountType: 0,
      percentOff: PROMOTION.percentOff,
      ...week,
    },
    { code: 'HG240228-10', department: 'Home & Garden', discountType: 0, percentOff: 10, ...week },
    {
      code: 'GR240306-25',
      department: 'Grocery',
      discountType: 0,
      percentOff: 25,
      startMs: week.endMs,
      endMs: week.endMs + 7 * 86_400_000,
    },
  );
  ADJACENT_ZONES.forEach((adjacent, zone) => {
    for (const adjacentZone of adjacent) files.dimension('zone_layout', { zone, adjacentZone });
  });
}
