/**
 * `npm run reference`: makes docs/reference of the docstrings of the library. With --check it writes nothing, and fails if
 * that would change anything, or if something public has no docstring.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { libraryEntries } from '../package.ts';

const HERE = import.meta.dirname;
const REFERENCE = path.resolve(HERE, '../../docs/reference');
const typedoc = path.join(HERE, 'node_modules/typedoc/bin/typedoc');

if (!existsSync(typedoc)) run('npm', 'ci', '--no-audit', '--no-fund', '--silent');
if (process.argv.includes('--check')) check();
else make(REFERENCE);

function make(folder: string): void {
  const entries = Object.values(libraryEntries()).flatMap((file) => ['--entryPoints', file]);
  const words = [typedoc, '--options', 'typedoc.json', ...entries, '--out', folder];
  const { status } = spawnSync(process.execPath, words, { cwd: HERE, stdio: 'inherit' });
  // It has said what is wrong.
  if (status !== 0) process.exit(1);
}

function check(): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'reference-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  make(folder);
  const names = new Set([...filesOf(folder), ...filesOf(REFERENCE)]);
  const stale = [...names].filter((name) => textOf(folder, name) !== textOf(REFERENCE, name));
  if (stale.length === 0) return;
  process.stderr.write(
    `error: docs/reference is out of date (${stale.join(', ')}): run "npm run reference" and commit the result\n`,
  );
  process.exitCode = 1;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.md'),
  );
}

function textOf(folder: string, name: string): string | undefined {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** npm is a script of another kind on Windows, which only a shell starts. */
function run(command: string, ...args: string[]): void {
  const options = { cwd: HERE, stdio: 'inherit' } as const;
  if (process.platform !== 'win32') execFileSync(command, args, options);
  else execFileSync(process.env.ComSpec ?? 'cmd.exe', ['/c', command, ...args], options);
}
