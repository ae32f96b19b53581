/** Programs of others that tests use where they are there; where they have to be (CI), none may be missing. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The Python that has tests/clients/requirements.txt installed. */
export const PYTHON = process.env.SIM_TEST_PYTHON;

/**
 * Whether a test with it can run. What is missing is told once; in CI that is a fault.
 * @param what with what is missing for it, a sentence
 */
export function available(found: boolean, what: string): boolean {
  if (!found && process.env.CI !== undefined) throw new Error(what);
  if (!found) process.stderr.write(`skipped: ${what}\n`);
  return found;
}

export function hasPythonModule(module: string): boolean {
  return PYTHON !== undefined && succeeds(PYTHON, ['-c', `import ${module}`]);
}

/** Where a program lies: on the PATH, or in one of some folders. */
export function findProgram(name: string, folders: readonly string[] = []): string | undefined {
  const there = folders.map((folder) => `${folder}/${name}`).find((file) => existsSync(file));
  return there ?? (succeeds(name, ['--version']) ? name : undefined);
}

export function succeeds(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

/** Runs a program in a folder; returns what it printed. Rejects with what it complained about. */
export function output(
  program: string,
  args: readonly string[],
  folder: string,
  input = '',
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...environment } });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes) => {
    said.stdout += bytes;
  });
  child.stderr.on('data', (bytes) => {
    said.stderr += bytes;
  });
  // Who ends early need not have read it all; what it ended with is told below.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(said.stdout);
      else reject(new Error(`${program} ended with ${code}:\n${said.stderr.slice(-4000)}`));
    });
  });
}
