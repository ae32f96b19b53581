/** A region in which everything is going on: shoppers, orders, ads, trucks on the road, and trouble of each kind. */
import type { DisruptionCommand, RequestedType } from '../../src/domain/requested-disruption.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { Region } from '../../src/entities/region.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { DigestSink } from '../helpers/digest-sink.ts';
import { scarceWorld } from './scarce-world.ts';

const world = scarceWorld({ total_customers: 1200, customers_per_day: 100 });

/** Nearly five days, so that stores are open and trucks loaded. */
export const BUSY_MS = world.startMs + 4 * DAY_MS + 22 * HOUR_MS;

/** One of each kind is on at BUSY_MS, and one is still to come. */
const COMMANDS: readonly DisruptionCommand[] = [
  command('supplier_delay', 1, 2),
  command('inventory_shortage', 2, 4.85),
  command('weather_delay', 4, 4.9),
  command('truck_breakdown', 3, 4.905),
  command('dc_outage', 5, 4.91),
  command('dc_outage', 6, 4.912, DAY_MS, DAY_MS),
];

function command(
  type: RequestedType,
  number: number,
  days: number,
  waitMs = 0,
  lastsMs = 8 * DAY_MS,
): DisruptionCommand {
  const atMs = world.startMs + days * DAY_MS;
  const disruption = {
    number,
    type,
    target: { dcs: [1] },
    severityPercent: 60,
    description: 'By hand',
    startMs: atMs + waitMs,
    endMs: atMs + waitMs + lastsMs,
  };
  return { kind: 'create', atMs, disruption };
}

/** The first region of the world, not yet opened. */
export function freshRegion(sink = new DigestSink()): Region {
  const plan = world.regions[0];
  return new Region({ world, plan, effects: NO_EFFECTS, facts: sink.facts });
}

/** Runs a region with the commands that come before an instant. */
export function runTo(region: Region, untilMs: number): void {
  for (const one of COMMANDS) {
    if (one.atMs < region.nowMs || one.atMs >= untilMs) continue;
    region.executive.run(one.atMs);
    region.disruptions.apply(one);
  }
  region.executive.run(untilMs);
}

export function busyRegion(): Region {
  const region = freshRegion();
  region.open();
  runTo(region, BUSY_MS);
  return region;
}
