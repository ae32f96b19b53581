/** One region's simulation: the composition of a live region, advanced step by step, saved and restored. */
import { CLOSING } from '../domain/dimensions.ts';
import { blankRecord, type RecordOf } from '../domain/columns.ts';
import type { Sections } from '../domain/plain-data.ts';
import { LiveBook } from '../entities/live-book.ts';
import { RegionLiveView, type RegionView } from '../entities/live-view.ts';
import { Region, type RegionOptions } from '../entities/region.ts';
import type { StockLedger } from '../entities/stock-ledger.ts';

export interface RegionSimulationOptions extends RegionOptions {
  /** What comes from outside; it may grow behind the region's time. */
  readonly live?: LiveBook;
}

type ClosingRecords = {
  [Table in keyof typeof CLOSING]: Iterable<RecordOf<(typeof CLOSING)[Table]>>;
};

export class RegionSimulation {
  private readonly region: Region;
  private readonly live: LiveBook;
  private view: RegionLiveView | undefined;

  /** @param saved state to go on from; without it the world begins */
  constructor(options: RegionSimulationOptions, saved?: Sections) {
    this.region = new Region(options);
    this.live = options.live ?? new LiveBook();
    if (saved === undefined) this.region.open();
    else this.region.restore(saved);
  }

  /** The simulation as it was when `sections` were saved. */
  static restore(options: RegionSimulationOptions, sections: Sections): RegionSimulation {
    return new RegionSimulation(options, sections);
  }

  /** Simulated time, epoch ms. */
  get nowMs(): number {
    return this.region.nowMs;
  }

  /** The region as those who watch it see it; nothing is changed by looking. */
  look(): RegionView {
    this.view ??= new RegionLiveView(this.region);
    return this.view.look();
  }

  /**
   * Runs all events in [now, toMs). A command holds before whatever else happens at its instant, so it
   * makes no difference whether it came just then or was known all along.
   */
  advance(toMs: number): void {
    const { region } = this;
    for (const command of this.live.between(region.nowMs, toMs)) {
      region.executive.run(command.atMs);
      region.disruptions.apply(command);
    }
    region.executive.run(toMs);
  }

  /** All live state, for a checkpoint. */
  save(): Sections {
    return this.region.save();
  }

  /** Stock on hand and on the road, for audits of the files. A record is only lent. */
  closing(): ClosingRecords {
    const { region } = this;
    const stores = region.stores.map(({ master, stock }) => ({ nodeId: master.id, stock }));
    return {
      store_stock: closingStock(stores),
      dc_stock: closingStock([{ nodeId: region.plan.id, stock: region.dc.stock }]),
      in_transit: region.fleet.all.flatMap((truck) => truck.onBoard()),
    };
  }
}

function* closingStock(nodes: readonly { nodeId: number; stock: StockLedger }[]) {
  const record = blankRecord(CLOSING.store_stock);
  for (const { nodeId, stock } of nodes) {
    for (let product = 0; product < stock.onHand.length; product++) {
      if (stock.carried[product] === 0) continue;
      record.nodeId = nodeId;
      record.productId = product + 1;
      record.onHand = stock.onHand[product];
      record.onOrder = stock.onOrder[product];
      yield record;
    }
  }
}
