/** One region's simulation: a running region, advanced step by step, saved and restored. */
import { CLOSING } from '../domain/dimensions.ts';
import { blankRecord, type RecordOf } from '../domain/columns.ts';
import type { Sections } from '../domain/plain-data.ts';
import { LiveBook } from '../entities/live-book.ts';
import { RegionLiveView, type RegionView } from '../entities/live-view.ts';
import { Region, type RegionOptions } from '../entities/region.ts';
import type { StockLedger } from '../entities/stock-ledger.ts';

export interface RegionSimulationOptions extends RegionOptions {
  /** Commands from outside; commands after the region's time may be added. */
  readonly live?: LiveBook;
}

type ClosingRecords = {
  [Table in keyof typeof CLOSING]: Iterable<RecordOf<(typeof CLOSING)[Table]>>;
};

export class RegionSimulation {
  private readonly region: Region;
  private readonly live: LiveBook;
  private view: RegionLiveView | undefined;

  /** @param saved state to continue from; without it the world begins */
  constructor(options: RegionSimulationOptions, saved?: Sections) {
    this.region = new Region(options);
    this.live = options.live ?? new LiveBook();
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
    for (const command of this.live.between(region.nowMs, toMs)) {
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
