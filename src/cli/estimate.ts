/** `sim estimate`: what a run will write, before it starts. */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { requireWindow, zonesOfWorld } from '../run/check-world.ts';
import { readManifest } from '../store/manifest.ts';
import { type Estimate, estimateRun, REAL_VISITS_PER_CUSTOMER_DAY } from '../run/estimate.ts';
import type { Format } from '../domain/formats.ts';
import { formatBytes, formatCount, formatDuration } from '../domain/format.ts';
import { fitsOnDisk, freeBytes, isRoomFor, reserveBytes } from '../run/guard.ts';
import type { Shard } from '../store/shard.ts';
import { runWindow } from '../run/window.ts';
import { startOf } from '../world/config.ts';
import {
  type WindowFlags,
  type WorldFlags,
  withCompress,
  withDiskReserve,
  withFormat,
  withOut,
  withShard,
  withWindowFlags,
  withWorkers,
  withWorldFlags,
} from './arguments.ts';
import { type Compression, withStorage } from '../store/world-settings.ts';
import type { Context } from './context.ts';
import { pathsOf, readSettings } from './settings.ts';
import { shortInstant } from './suggest.ts';

interface EstimateFlags extends WorldFlags, WindowFlags {
  readonly workers?: number;
  readonly shard?: Shard;
  readonly compress?: Compression;
  readonly format?: readonly Format[];
  readonly json?: boolean;
}

export function addEstimate(root: Command, context: Context): void {
  const command = root.command('estimate');
  const world = withWorldFlags(withWindowFlags(withOut(command), context.terminal.nowMs));
  withDiskReserve(withFormat(withCompress(withShard(withWorkers(world)))))
    .option('--json', 'as one JSON object on stdout')
    .addHelpText(
      'after',
      `
Time is told for as many workers as this machine has cores; --workers tells it for another machine.

Examples:
  sim estimate --from 2024-01-01 --to 2025-01-01
  sim estimate --days 365 --workers 16
  sim estimate --days 365 --shard 1/5 --workers 4`,
    )
    .action((flags: EstimateFlags) => estimate(flags, context));
}

function estimate(flags: EstimateFlags, { terminal }: Context): void {
  const { config, dictionaries } = readSettings(flags);
  const paths = pathsOf(flags, config);
  const request = { fromMs: flags.from, toMs: flags.to, days: flags.days };
  const there = readManifest(paths.manifest);
  const { shard } = flags;
  const given = { config, dictionaries, scenarios: [] };
  const stored = { compress: flags.compress, formats: flags.format };
  const { compress, formats } = withStorage(given, stored, there);
  const fits = fitsOnDisk(config, paths.facts, { shard, compress, formats });
  const window = runWindow(request, startOf(config), there, terminal.nowMs(), fits);
  requireWindow(config, window);
  const zones = zonesOfWorld(config, dictionaries, window.startMs);
  for (const sentence of [...config.notes, ...dictionaries.notes]) {
    terminal.say(`note: ${sentence}\n`);
  }
  const workers = flags.workers ?? availableParallelism();
  const result = estimateRun(config, window, { workers, shard, compress, formats, zones });
  const free = freeBytes(paths.facts);
  const fit = isRoomFor(result.peakBytes, free, reserveBytes(config));
  if (flags.json) {
    terminal.out(`${JSON.stringify({ ...result, freeBytes: free, fits: fit })}\n`);
    return;
  }
  terminal.out(
    `${shortInstant(window.fromMs)} to ${shortInstant(window.toMs)} in "${paths.root}"\n\n` +
      tableText(result) +
      `\nVisits          ${formatCount(result.visits)}\n` +
      `A customer's    ${result.visitsPerCustomerDay.toFixed(2)} visits a day ` +
      `(in real life about ${REAL_VISITS_PER_CUSTOMER_DAY.toFixed(2)}; without volume.total_customers a world has them)\n` +
      `Size            ${formatBytes(result.bytes)} with masters and checkpoint; ` +
      `${formatBytes(free)} free${fit ? '' : ', which is too little for a run'}\n` +
      `Time            about ${formatDuration(result.seconds)} with ${workersText(result)}\n`,
  );
}

function workersText({ workers, regions }: Estimate): string {
  const threads = workers === 1 ? '1 worker' : `${workers} workers, a core for each`;
  return `${threads} (regions: ${regions}; a region keeps one worker busy at most)`;
}

function tableText({ tables, rows }: Estimate): string {
  const lines = tables.map(
    ({ table, rows: count, bytes }) =>
      `${table.padEnd(24)}${formatCount(count).padStart(9)} rows ${formatBytes(bytes).padStart(9)}\n`,
  );
  return `${lines.join('')}${'all facts'.padEnd(24)}${formatCount(rows).padStart(9)} rows\n`;
}
