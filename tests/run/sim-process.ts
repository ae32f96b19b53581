/** The real program in a process of its own, for what only processes can do: signals and exit codes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Script of the program: its bundle where there is one. */
export const SIM = process.env.SIM_TEST_BUNDLE ?? 'src/cli.ts';

export interface SimProcess {
  readonly child: ChildProcess;
  /** Exit code (null after a fatal signal), and what was said. */
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/**
 * Starts `sim` with arguments, on Node without any launcher in between.
 * @param script a script of the project's instead of the bundle of this one
 */
export function startSim(
  args: readonly string[],
  script = SIM,
  environment: Readonly<Record<string, string>> = {},
): SimProcess {
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...loader, path.resolve(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** Waits until a file is there. */
export async function appearance(file: string, patienceMs = 30_000): Promise<void> {
  for (let waitedMs = 0; !existsSync(file); waitedMs += 20) {
    if (waitedMs > patienceMs) throw new Error(`"${file}" did not appear in ${patienceMs} ms`);
    await sleep(20);
  }
}
