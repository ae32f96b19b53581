/**
 * `npm run bench`: what the project costs, measured here and now.
 *
 * The end-to-end figure is the whole job: default world, all tables, to files on disk, in a process of
 * its own, two days after one of warm-up; the median of several runs.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { execArgv, execPath, stdout, version } from 'node:process';
import { fileURLToPath } from 'node:url';
import { encoderFigures, sinkFigure } from './encoder.ts';
import { holdUs, sessionFigures } from './engine.ts';
import { envelopeFigures } from './envelopes.ts';

interface HistoryFigures {
  readonly mastersMs: number;
  readonly wholeSeconds: number;
  readonly rows: number;
  readonly rowsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly peakRssBytes: number;
}

const RUNS = 3;
const LONG_DAYS = 20;

function print(name: string, figure: string): void {
  stdout.write(`${name.padEnd(46)} ${figure}\n`);
}

const millions = (perSecond: number) => `${(perSecond / 1e6).toFixed(2)} M rows/s`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];

/** A history in a process of its own. */
function historyRun(warmUpDays: number, countedDays: number): HistoryFigures {
  const script = fileURLToPath(new URL('./history-process.ts', import.meta.url));
  const runtime = 'Deno' in globalThis ? ['run', '-A'] : execArgv;
  const child = spawnSync(execPath, [...runtime, script, `${warmUpDays}`, `${countedDays}`], {
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(`The history bench failed:\n${child.stderr}`);
  return JSON.parse(child.stdout) as HistoryFigures;
}

const runtime = 'Deno' in globalThis ? 'Deno' : `Node ${version}`;
print(
  'machine',
  `${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}, ${runtime}`,
);

for (const pending of [1000, 10_000, 100_000]) {
  const us = holdUs(pending, 500_000);
  print(`event calendar, ${pending} pending`, `${(1 / us).toFixed(1)} M holds/s`);
}
const derived = sessionFigures('derived', 40_000, 100);
const stock = sessionFigures('stock', 4_000, 100);
print('session actor, derived statechart', `${derived.usPerSession.toFixed(1)} us`);
print('session actor, stock XState', `${stock.usPerSession.toFixed(1)} us`);
for (const { name, rowsPerSecond } of encoderFigures())
  print(`encoder: ${name}`, millions(rowsPerSecond));
print('CSV sink, rows to disk', millions((await sinkFigure()).rowsPerSecond));
const usPerEvent = envelopeFigures().map((figure) => figure.usPerEvent);
print('event envelope to bytes, mean over tables', `${mean(usPerEvent).toFixed(2)} us`);

const runs = Array.from({ length: RUNS }, () => historyRun(1, 2));
print('masters of the default world', `${median(runs.map((run) => run.mastersMs)).toFixed(0)} ms`);
print(
  `end to end, default world, days 2-3 (median of ${RUNS})`,
  `${millions(median(runs.map((run) => run.rowsPerSecond)))}, ` +
    `${megabytes(median(runs.map((run) => run.bytesPerSecond)))}/s`,
);
const wholeRate = median(runs.map((run) => run.rows / run.wholeSeconds));
print('end to end, whole process of three days', millions(wholeRate));
print('peak memory, 3 days', megabytes(median(runs.map((run) => run.peakRssBytes))));
print(`peak memory, ${LONG_DAYS} days`, megabytes(historyRun(0, LONG_DAYS).peakRssBytes));
