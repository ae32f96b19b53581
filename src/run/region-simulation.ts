/** One region's simulation: a running region, advanced step by step, saved and restored. */
import { CLOSING } from '../domain/dimensions.ts';
import { blankRecord, type RecordOf } from '../domain/columns.ts';
import type { Sections } from '../domain/plain-data.ts';
import { CommandBook } from '../entities/command-book.ts';
import { RegionLiveView, type RegionView } from '../entities/live-view.ts';
import { Region, type RegionOptions } from '../entities/region.ts';
import type { StockLedger } from '../entities/stock-ledger.ts';
import type { Store } from '../entities/store.ts';

export interface RegionSimulationOptions extends RegionOptions {
  /** Commands from outside; commands after the region's time may be added. */
  readonly commands?: CommandBook;
}

type ClosingRecords = {
  [Table in keyof typeof CLOSING]: Iterable<RecordOf<(typeof CLOSING)[Table]>>;
};

export class RegionSimulation {
  private readonly region: Region;
  private readonly commands: CommandBook;
  private view: RegionLiveView | undefined;

  /** @param saved state to continue from; without it the world begins */
  constructor(options: RegionSimulationOptions, saved?: Sections) {
    this.region = new Region(options);
    this.commands = options.commands ?? new CommandBook();
    if (saved === undefined) this.region.open();
    else this.region.restore(saved);
  }

  /** Returns the simulation at the time when `sections` were saved. */
  static restore(options: RegionSimulationOptions, sections: Sections): RegionSimulation {
    return new RegionSimulation(options, sections);
  }

  /** Simulated time, epoch ms. */
  get nowMs(): number {
    return this.region.nowMs;
  }

  /** Returns the live view of the region without changing it. */
  look(): RegionView {
    this.view ??= new RegionLiveView(this.region);
    return this.view.look();
  }

  /**
   * Runs all events in [now, toMs). A command takes effect before all other events of its instant, so it
   * makes no difference whether it has just arrived or was known before.
   */
  advance(toMs: number): void {
    const { region } = this;
    for (const command of this.commands.between(region.nowMs, toMs)) {
      region.executive.run(command.atMs);
      region.disruptions.apply(command);
    }
    region.executive.run(toMs);
  }

  /** Returns the state for a checkpoint. */
  save(): Sections {
    return this.region.save();
  }

  /** Returns stock on hand and on trucks, for audits of the files. Records are reused: copy them to keep them. */
  closing(): ClosingRecords {
    const { region } = this;
    return {
      store_stock: closingStoreStock(region.stores),
      dc_stock: closingDcStock(region.plan.id, region.dc.stock),
      in_transit: region.fleet.all.flatMap((truck) => truck.onBoard()),
    };
  }
}

function* closingStoreStock(stores: readonly Store[]) {
  const record = blankRecord(CLOSING.store_stock);
  for (const { master, stock } of stores) {
    record.nodeId = master.id;
    for (let product = 0; product < stock.onHand.length; product++) {
      if (stock.carried[product] === 0) continue;
      record.productId = product + 1;
      record.onHand = stock.onHand.at(product);
      record.onOrder = stock.onOrder.at(product);
      record.shelf = stock.shelf.at(product);
      record.backroom = stock.backroom(product);
      record.recorded = stock.recorded.at(product);
      yield record;
    }
  }
}

function* closingDcStock(nodeId: number, stock: StockLedger) {
  const record = blankRecord(CLOSING.dc_stock);
  record.nodeId = nodeId;
  for (let product = 0; product < stock.onHand.length; product++) {
    if (stock.carried[product] === 0) continue;
    record.productId = product + 1;
    record.onHand = stock.onHand.at(product);
    record.onOrder = stock.onOrder.at(product);
    yield record;
  }
}
