/**
 * `npm run realism`: makes the reference world, compares it with every target, and writes docs/realism.md.
 *
 *   npm run realism                          a year at three seeds
 *   npm run realism -- --days 91 --seeds 1   a shorter one
 *   npm run realism -- --quarter             a quarter at one seed, against quarter.json: exit code 1 if a target is
 *                                            missed that was met when it was recorded; nothing is written
 *   npm run realism -- --quarter --record    records what it meets
 *
 * The first two record as well with --record, for a document of the same quarter.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { generate } from '../../src/library/generate.ts';
import { reportPaths } from '../../src/library/report.ts';
import type { RealismReport } from '../../src/report/result.ts';
import { realismSummary } from '../../src/report/text.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { realismDocument } from './document.ts';
import { REFERENCE_WORLD } from './reference-world.ts';

const QUARTER_DAYS = 91;
const YEAR_DAYS = 365;
const FROM = '2023-01-01';
const DOCUMENT = path.resolve(import.meta.dirname, '../../docs/realism.md');
const RECORDED = path.join(import.meta.dirname, 'quarter.json');

const { values } = parseArgs({
  options: {
    days: { type: 'string' },
    seeds: { type: 'string' },
    quarter: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});
const days = values.quarter ? QUARTER_DAYS : Number(values.days ?? YEAR_DAYS);
const seeds = values.quarter ? [1] : (values.seeds ?? '1,2,3').split(',').map(Number);

const reports: RealismReport[] = [];
for (const seed of seeds) reports.push(await reportOf(seed));
if (!values.quarter) {
  writeFileSync(DOCUMENT, realismDocument(reports, seeds, days));
  say(`Wrote ${DOCUMENT}`);
}
if (values.record) {
  writeFileSync(RECORDED, `${JSON.stringify({ met: metBy(reports[0]) }, null, 2)}\n`);
  say(`Wrote ${RECORDED}`);
} else if (values.quarter) {
  process.exitCode = lostBy(reports[0]).length === 0 ? 0 : 1;
}

/** Says which targets were met when the quarter was recorded and are missed now. */
function lostBy(report: RealismReport): string[] {
  const { met } = JSON.parse(readFileSync(RECORDED, 'utf8')) as { readonly met: string[] };
  const now = new Set(metBy(report));
  const lost = met.filter((id) => !now.has(id));
  for (const { id, reason } of report.statistics) {
    if (lost.includes(id)) say(`${id} was met and is not: ${reason}`);
  }
  return lost;
}

/** Makes the world of a seed in a temporary folder and reports on it. */
async function reportOf(seed: number): Promise<RealismReport> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'realism-'));
  try {
    const { rows, seconds } = await generate(
      { ...REFERENCE_WORLD, seed },
      { out: folder, from: FROM, days },
    );
    say(`Seed ${seed}: ${rows} rows in ${Math.round(seconds)} s`);
    const report = await reportPaths(worldPaths(folder), {});
    say(realismSummary(report));
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function metBy({ statistics }: RealismReport): string[] {
  return statistics.filter(({ verdict }) => verdict === 'met').map(({ id }) => id);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
