/**
 * `npm run bench`: all benches, each in a process of its own, and docs/benchmarks.md from them.
 *
 * `--quick` takes a minute or two and `--only NAME` one bench; both print and leave the document alone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { InputError } from '../../src/domain/errors.ts';
import { runScript } from './process.ts';
import { withReport } from './report.ts';
import { machine, runtimeName, runtimeVersion } from './runtime.ts';
import { type Table, tableText } from './table.ts';

const NAMES = [
  'end-to-end',
  'formats',
  'startup',
  'sessions',
  'calendar',
  'encoder',
  'sink',
  'checkpoint',
  'stream',
  'growth',
] as const;
const DOCUMENT = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' } },
});
const names = NAMES.filter((name) => flags.only === undefined || name === flags.only);
if (names.length === 0) {
  throw new InputError(
    `Cannot run the bench "${flags.only}": there is none of that name, expected ${NAMES.join(', ')}`,
  );
}

stdout.write(`${runtimeVersion()} on ${machine()}\n`);
const before = loadavg()[0];
const benches: { command: string; tables: Table[] }[] = [];
for (const name of names) {
  const tables = await runScript<Table[]>(`./${name}.ts`, [
    '--json',
    ...(flags.quick ? ['--quick'] : []),
  ]);
  for (const table of tables) stdout.write(`\n${tableText(table)}`);
  benches.push({ command: commandOf(name), tables });
}
if (!flags.quick && flags.only === undefined) {
  const document = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '';
  const report = {
    runtime: runtimeName(),
    version: runtimeVersion(),
    machine: machine(),
    day: new Date().toISOString().slice(0, 10),
    load: [before, loadavg()[0]],
    benches,
  } as const;
  writeFileSync(DOCUMENT, withReport(document, report));
  stdout.write(`\nWritten to ${DOCUMENT}.\n`);
}

function commandOf(name: string): string {
  return 'Deno' in globalThis
    ? `deno task bench --only ${name}`
    : `npm run bench -- --only ${name}`;
}
