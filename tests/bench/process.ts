/** Benches as processes: each has its own, so that none runs on code that another one has warmed up. */
import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { argv, execArgv, execPath, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Extent } from './harness.ts';
import { type Table, tableText } from './table.ts';

const OUTPUT_LIMIT_BYTES = 64 << 20;

/** Runs a script of this folder on the runtime that runs this one; what it prints is parsed as JSON. */
export async function runScript<Result>(script: string, args: readonly string[]): Promise<Result> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const runtime = 'Deno' in globalThis ? ['run', '-A'] : execArgv;
  const options = { maxBuffer: OUTPUT_LIMIT_BYTES };
  const { stdout: printed } = await promisify(execFile)(
    execPath,
    [...runtime, file, ...args],
    options,
  );
  return JSON.parse(printed) as Result;
}

/** Prints a result for `runScript`. */
export function giveResult(result: unknown): void {
  stdout.write(`${JSON.stringify(result)}\n`);
}

/** Whether the file of this URL is what was started. */
function isStarted(url: string): boolean {
  return argv[1] !== undefined && realpathSync(argv[1]) === fileURLToPath(url);
}

/**
 * Measures if the bench's file was started, and prints: `--quick` for less of it, `--json` for `runScript`.
 */
export async function benchFile(
  url: string,
  measure: (extent: Extent) => Promise<Table[]>,
): Promise<void> {
  if (!isStarted(url)) return;
  const tables = await measure(argv.includes('--quick') ? 'quick' : 'full');
  if (argv.includes('--json')) giveResult(tables);
  else stdout.write(tables.map(tableText).join('\n'));
}
