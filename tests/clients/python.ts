/**
 * Clients in Python against the hub. They run where SIM_TEST_PYTHON names an interpreter that has what
 * requirements.txt lists:
 *
 *   python3 -m venv .ci/venv && .ci/venv/bin/pip install -r tests/clients/requirements.txt
 *   SIM_TEST_PYTHON=.ci/venv/bin/python npx vitest run tests/clients
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The interpreter, or undefined where such tests are skipped. */
export const PYTHON = process.env.SIM_TEST_PYTHON || undefined;
/** Said of tests that are skipped. */
export const HOW_TO_ENABLE =
  'set SIM_TEST_PYTHON to a Python with tests/clients/requirements.txt, as tests/clients/python.ts says';

export interface PythonReader {
  readonly child: ChildProcess;
  /** Ids of the events that came, in order, repeats included. */
  readonly ids: readonly string[];
  /** Number of these events that its checkpoint file includes. */
  readonly saved: () => number;
  /** What it printed to stderr. */
  readonly complaints: () => string;
  /** Settles with its exit code, or null if it was killed. */
  readonly ended: Promise<number | null>;
  /** Kills it; its checkpoint file stays. */
  kill(): Promise<void>;
}

/**
 * Reads an event hub with Microsoft's Python client, from its oldest event or from a checkpoint, across
 * restarts of the hub.
 * @param connectionString names the event hub (EntityPath)
 * @param checkpoint file of offsets to begin behind, kept up to date
 */
export function startPythonReader(
  connectionString: string,
  consumerGroup: string,
  checkpoint?: string,
): PythonReader {
  const more = checkpoint === undefined ? [] : [checkpoint];
  const child = spawnPython('reader.py', [connectionString, consumerGroup, ...more]);
  const ids: string[] = [];
  let complaints = '';
  let saved = 0;
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line === '') saved = ids.length;
    else ids.push(line);
  });
  child.stderr!.on('data', (chunk) => {
    complaints += chunk;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ids,
    saved: () => saved,
    complaints: () => complaints,
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Runs a script of this folder to its end; what it printed. */
export async function runPython(script: string, args: readonly string[]): Promise<string> {
  const child = spawnPython(script, args);
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  await once(child, 'close');
  return output;
}

function spawnPython(script: string, args: readonly string[]): ChildProcess {
  if (PYTHON === undefined) throw new Error(`Cannot run ${script}: ${HOW_TO_ENABLE}`);
  return spawn(PYTHON, [path.join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
