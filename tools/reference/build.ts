/**
 * `npm run reference`: makes docs/reference of the docstrings of the library. With --check it writes nothing, and fails if
 * that would change anything, or if something public has no docstring.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

const HERE = import.meta.dirname;
const REFERENCE = path.resolve(HERE, '../../docs/reference');
const typedoc = path.join(HERE, 'node_modules/typedoc/bin/typedoc');

if (!existsSync(typedoc)) run('npm', 'ci', '--no-audit', '--no-fund', '--silent');
if (process.argv.includes('--check')) check();
else make(REFERENCE);

function make(folder: string): void {
  execFileSync(process.execPath, [typedoc, '--options', 'typedoc.json', '--out', folder], {
    cwd: HERE,
    stdio: 'inherit',
  });
}

function check(): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'reference-'));
  try {
    make(folder);
    const names = new Set([...filesOf(folder), ...filesOf(REFERENCE)]);
    const stale = [...names].filter((name) => textOf(folder, name) !== textOf(REFERENCE, name));
    if (stale.length === 0) return;
    process.stderr.write(
      `error: docs/reference is out of date (${stale.join(', ')}): run "npm run reference" and commit the result\n`,
    );
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
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
