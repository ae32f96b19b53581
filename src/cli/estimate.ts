/** `sim estimate`: what a run will write, before it does. */
import type { Command } from 'commander';
import { DAY_MS } from '../engine/time.ts';
import { readManifest } from '../run/manifest.ts';
import { type Estimate, estimateRun, REAL_VISITS_PER_CUSTOMER_DAY } from '../run/estimate.ts';
import { formatBytes, formatCount, formatDuration } from '../run/figures.ts';
import { freeBytes } from '../run/guard.ts';
import { runWindow } from '../run/window.ts';
import { startOf } from '../world/config.ts';
import {
  type WindowFlags,
  type WorldFlags,
  withCompress,
  withOut,
  withWindowFlags,
  withWorldFlags,
} from './arguments.ts';
import type { Context } from './context.ts';
import { type Compression, pathsOf, readConfig } from './settings.ts';
import { shortInstant } from './suggest.ts';

interface EstimateFlags extends WorldFlags, WindowFlags {
  readonly compress?: Compression;
  readonly json?: boolean;
}

export function addEstimate(root: Command, context: Context): void {
  withCompress(withWorldFlags(withWindowFlags(withOut(root.command('estimate')))))
    .description('Tells how many rows, bytes and seconds a run will take.')
    .option('--json', 'as one JSON object on stdout')
    .addHelpText('after', '\nExample:\n  sim estimate --from 2024-01-01 --to 2025-01-01')
    .action((flags: EstimateFlags) => estimate(flags, context));
}

function estimate(flags: EstimateFlags, { terminal }: Context): void {
  const config = readConfig(flags);
  const paths = pathsOf(flags, config);
  const request = { fromMs: flags.from, toMs: flags.to, days: flags.days };
  const there = readManifest(paths.manifest);
  const window = runWindow(request, startOf(config), there, terminal.nowMs());
  const compression = flags.compress ?? there?.compress ?? 'none';
  const compress = compression === 'none' ? undefined : compression;
  const result = estimateRun(config, (window.toMs - window.fromMs) / DAY_MS, compress);
  const free = freeBytes(paths.facts);
  if (flags.json) {
    terminal.out(`${JSON.stringify({ ...result, freeBytes: free })}\n`);
    return;
  }
  terminal.out(
    `${shortInstant(window.fromMs)} to ${shortInstant(window.toMs)} in "${paths.root}"\n\n` +
      tableText(result) +
      `\nVisits          ${formatCount(result.visits)}\n` +
      `A customer's    ${result.visitsPerCustomerDay.toFixed(2)} visits a day ` +
      `(in real life about ${REAL_VISITS_PER_CUSTOMER_DAY.toFixed(2)}; --preset calibrated has them)\n` +
      `Size            ${formatBytes(result.bytes)} with masters and checkpoint; ` +
      `${formatBytes(free)} free\n` +
      `Time            about ${formatDuration(result.seconds)}\n`,
  );
}

function tableText({ tables, rows }: Estimate): string {
  const lines = tables.map(
    ({ table, rows: count, bytes }) =>
      `${table.padEnd(24)}${formatCount(count).padStart(9)} rows ${formatBytes(bytes).padStart(9)}\n`,
  );
  return `${lines.join('')}${'all facts'.padEnd(24)}${formatCount(rows).padStart(9)} rows\n`;
}
