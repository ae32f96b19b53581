/** The rows of the dimension tables, read from the world. Records may be reused: copy them to keep them. */
import { blankRecord, type RecordOf } from '../domain/columns.ts';
import { DIMENSIONS, type DimensionName } from '../domain/dimensions.ts';
import { ADJACENT_ZONES } from '../policy/layout.ts';
import type { Dictionaries } from '../world/dictionaries.ts';
import { customerRecords } from '../world/identities.ts';
import type { OpeningStock, World } from '../world/world.ts';

/** Tables that grow with the history. */
export type CalendarTable = 'campaigns' | 'promotion_calendar' | 'customer_moves';

/** All other tables. */
export type FixedTable = Exclude<DimensionName, CalendarTable>;

type Row<Name extends DimensionName> = RecordOf<(typeof DIMENSIONS)[Name]>;

/** Rows of every table that never changes. */
export type FixedRows = { readonly [Name in FixedTable]: Iterable<Row<Name>> };

const BASIS_POINTS = 10_000;

export function fixedRows(world: World, dictionaries: Dictionaries): FixedRows {
  return {
    geographies_master: world.geographies.map((place) => ({
      ...place,
      taxRate: place.taxBasisPoints / BASIS_POINTS,
    })),
    stores: world.stores.map((store) => ({
      ...store,
      taxRate: store.taxBasisPoints / BASIS_POINTS,
    })),
    distribution_centers: world.dcs,
    suppliers: world.suppliers,
    supplier_depots: world.supplierDepots,
    trucks: world.trucks.map((truck) => ({ ...truck, refrigerated: Number(truck.refrigerated) })),
    customers: customerRecords(world, dictionaries),
    products_master: productRows(world),
    dc_inventory_snapshots: stockRows(
      world.startMs,
      world.dcs.map(({ id }) => id),
      (id) => world.openingDcStock(id),
    ),
    store_inventory_snapshots: storeStockRows(world),
    zone_layout: ADJACENT_ZONES.flatMap((adjacent, zone) =>
      adjacent.map((adjacentZone) => ({ zone, adjacentZone })),
    ),
  };
}

function* productRows({ products }: World): Generator<Row<'products_master'>> {
  for (let index = 0; index < products.count; index++) {
    yield {
      id: index + 1,
      name: products.name[index],
      brand: products.brand[index],
      company: products.company[index],
      department: products.department[index],
      category: products.category[index],
      subcategory: products.subcategory[index],
      costCents: products.costCents[index],
      msrpCents: products.msrpCents[index],
      salePriceCents: products.salePriceCents[index],
      refrigerated: products.refrigerated[index],
      launchMs: products.launchMs[index],
      taxable: products.taxable[index],
      casePack: products.casePack[index],
      supplierId: products.supplierId[index],
    };
  }
}

/** The products that each store carries, by store and product. */
function* storeStockRows(world: World): Generator<Row<'store_inventory_snapshots'>> {
  const record = blankRecord(DIMENSIONS.store_inventory_snapshots);
  const stockOf = (id: number) => world.openingStoreStock(id);
  // By region, whose stock is made at once.
  for (const { id } of world.regions.flatMap(({ stores }) => stores)) {
    const shelves = world.openingShelves(id);
    for (const row of stockRows(world.startMs, [id], stockOf)) {
      const index = row.productId - 1;
      Object.assign(record, row);
      record.shelf = shelves.units[index];
      record.shelfCapacity = shelves.capacity[index];
      record.recorded = shelves.recorded[index];
      yield record;
    }
  }
}

/** The products that each node carries, by node and product. */
function* stockRows(
  startMs: number,
  nodeIds: readonly number[],
  stockOf: (nodeId: number) => OpeningStock,
): Generator<Row<'dc_inventory_snapshots'>> {
  const record = blankRecord(DIMENSIONS.dc_inventory_snapshots);
  record.updatedMs = startMs;
  for (const nodeId of nodeIds) {
    const { units, reorderPoint, leastReorderPoint } = stockOf(nodeId);
    record.nodeId = nodeId;
    for (let index = 0; index < units.length; index++) {
      if (units[index] < 0) continue;
      record.productId = index + 1;
      record.quantity = units[index];
      record.reorderPoint = reorderPoint[index];
      record.leastReorderPoint = leastReorderPoint[index];
      yield record;
    }
  }
}
