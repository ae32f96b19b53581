/** The part of a world that a shard generates. */
import type { Shard } from '../store/shard.ts';
import type { HistoryWorld } from './region-run.ts';

/** Returns the shard's part of a world: some regions, and the common tables if it is the first shard. */
export function shardOf(world: HistoryWorld, shard: Shard): HistoryWorld {
  const share = { ...world, regionIds: shardRegions(world, shard), whole: false };
  if (shard.index === 1) return share;
  return {
    ...share,
    keepsMasters: false,
    writeMasters: () => {},
    writeSchema: () => {},
    calendarTables: () => [],
  };
}

/** Returns the share of the world's work in some of its regions, 0–1. */
export function shareOf(
  { regionIds, weightOf = () => 1 }: Pick<HistoryWorld, 'regionIds' | 'weightOf'>,
  own: readonly number[],
): number {
  const total = (ids: readonly number[]) => ids.reduce((sum, id) => sum + weightOf(id), 0);
  return total(own) / total(regionIds);
}

/** Assigns each region, the largest first, to the shard with the least work so far. */
function shardRegions({ regionIds, weightOf = () => 1 }: HistoryWorld, shard: Shard): number[] {
  const load = new Array<number>(shard.count).fill(0);
  const own: number[] = [];
  for (const id of regionIds.toSorted((a, b) => weightOf(b) - weightOf(a) || a - b)) {
    const least = load.indexOf(Math.min(...load));
    load[least] += weightOf(id);
    if (least === shard.index - 1) own.push(id);
  }
  return own.sort((a, b) => a - b);
}
