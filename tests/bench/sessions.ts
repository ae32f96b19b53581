/**
 * The actor of a customer session alone: the statechart of actors/customer-session.ts, derived and
 * stock, with an entity that knows how long everything takes and does nothing.
 */
import { customerSession } from '../../actors/customer-session.ts';
import type { CustomerSessionPort } from '../../src/domain/ports.ts';
import { type Engine, Executive } from '../../src/engine/executive.ts';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import { cpuUsOf, type Extent, interleaved, median } from './harness.ts';
import { benchFile } from './process.ts';
import { digits, type Table, times } from './table.ts';

/** Live at a time, about: what a store of the default world has in its busy hours. */
const ALIVE = 100;
const MEAN_VISIT_MS = 220_000;

async function sessionsBench(extent: Extent): Promise<Table[]> {
  const rounds = extent === 'full' ? 7 : 3;
  const counts =
    extent === 'full' ? { derived: 40_000, stock: 2000 } : { derived: 10_000, stock: 500 };
  const worlds = { derived: new Sessions('derived'), stock: new Sessions('stock') };
  const us = await interleaved(
    {
      derived: () => cpuUsOf(() => worlds.derived.run(counts.derived)) / counts.derived,
      stock: () => cpuUsOf(() => worlds.stock.run(counts.stock)) / counts.stock,
    },
    { rounds, warmUps: 2 },
  );
  const { steps, started } = worlds.derived;
  const derivedUs = median(us.derived);
  const stockUs = median(us.stock);
  return [
    {
      title: 'Session actor',
      about:
        `Processor time of only the statechart of a customer session, with ${digits(steps / started)} calendar ` +
        `entries each and ${worlds.derived.alive} running at the end. Medians of ${rounds} interleaved rounds.`,
      columns: ['interpreter', 'a session', 'ratio'],
      rows: [
        ['derived', `${digits(derivedUs)} µs`, times(1)],
        ['stock XState', `${digits(stockUs)} µs`, times(stockUs / derivedUs)],
      ],
    },
  ];
}

/** Sessions that come and go, so many of them alive. */
class Sessions {
  started = 0;
  steps = 0;
  private readonly executive: Executive;
  private readonly stream = Substream.of(1, purposeKey('bench', 'session'));
  private readonly shoppers = Array.from({ length: 8 * ALIVE }, () => new Shopper(this.stream));

  constructor(engine: Engine) {
    this.executive = new Executive({ startMs: 0, engine, seed: 1 });
  }

  get alive(): number {
    return this.executive.liveActors;
  }

  run(count: number): void {
    const { executive, shoppers } = this;
    for (let i = 0; i < count; i++) {
      this.steps += executive.run(executive.nowMs + Math.floor(MEAN_VISIT_MS / ALIVE));
      const shopper = shoppers[this.started % shoppers.length];
      shopper.come(2 + (this.started % 5));
      executive.start(customerSession, shopper as CustomerSessionPort);
      this.started++;
    }
  }
}

/** A shopper who walks, buys and pings, and leaves no trace of it. */
class Shopper implements CustomerSessionPort {
  private readonly stream: Substream;
  private zones = 0;
  private goods = 0;

  constructor(stream: Substream) {
    this.stream = stream;
  }

  come(zones: number): void {
    this.zones = zones;
    this.goods = 0;
  }

  enter(): void {}
  zonesLeft(): boolean {
    return this.zones > 0;
  }
  walkOn(): void {
    this.zones--;
  }
  takeGoods(): void {
    this.goods++;
  }
  needsTill(): boolean {
    return this.goods > 0;
  }
  joinQueue(): void {}
  laneAssigned(): boolean {
    return true;
  }
  collectOrder(): void {}
  hasGoods(): boolean {
    return this.goods > 0;
  }
  pay(): void {}
  freeLane(): void {}
  headForExit(): void {}
  leave(): void {}
  ping(): void {}
  entranceDwellMs(): number {
    return 10_000 + this.stream.below(10_000);
  }
  zoneDwellMs(): number {
    return 20_000 + this.stream.below(30_000);
  }
  checkoutServiceMs(): number {
    return 30_000 + this.stream.below(20_000);
  }
  authorisationMs(): number {
    return 2000 + this.stream.below(1000);
  }
  exitWalkMs(): number {
    return 5000 + this.stream.below(5000);
  }
  pingIntervalMs(): number {
    return 30_000 + this.stream.below(5000);
  }
}

await benchFile(import.meta.url, sessionsBench);
