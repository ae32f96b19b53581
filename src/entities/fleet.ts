/** The trucks of a region: the DC's own and those of suppliers. */
import type { Json, Sections } from '../domain/plain-data.ts';
import type { SavedState, StatefulPart } from './state.ts';
import { type SavedTruck, Truck, type TruckRegion } from './truck.ts';

export class Fleet implements StatefulPart {
  /** The DC's trucks, which drive to stores. */
  readonly own: readonly Truck[];
  /** Suppliers' trucks, which drive to the DC. */
  readonly suppliers: readonly Truck[];
  readonly all: readonly Truck[];
  private readonly byId: ReadonlyMap<number, Truck>;

  constructor(region: TruckRegion) {
    const { trucks, supplierTrucks } = region.plan;
    this.own = trucks.map((master) => new Truck(region, master));
    this.suppliers = supplierTrucks.map((master) => new Truck(region, master));
    this.all = [...this.own, ...this.suppliers];
    this.byId = new Map(this.all.map((truck) => [truck.master.id, truck]));
  }

  /** @throws Error if no truck of the region has the id */
  withId(id: number): Truck {
    const truck = this.byId.get(id);
    if (truck === undefined)
      throw new Error(`Cannot find truck ${id}: the region has no such truck`);
    return truck;
  }

  save(): Sections {
    return { trips: this.all.map((truck) => truck.save() as unknown as Json) };
  }

  restore(saved: SavedState): void {
    for (const truck of saved.json<SavedTruck[]>('trips')) {
      this.withId(truck.truckId).restore(truck);
    }
  }

  actors(): readonly Truck[] {
    return this.all;
  }
}
