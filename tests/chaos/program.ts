/** The tested program: bundled once, so that starting it costs little, or run from its sources. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleProgram } from '../helpers/bundle.ts';

const OWN_CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const PRELOAD = new URL('./preload.mjs', import.meta.url).href;
const ON_DENO = 'Deno' in globalThis;
/** What a message of an ended process is remembered by. */
const KEPT_CHARACTERS = 1 << 18;

/** How a process is begun: what comes before the arguments of the command. */
export interface Program {
  readonly cli: string;
  readonly before: readonly string[];
}

/** The program as its sources are: `cli` is its src/cli.ts. */
export function fromSources(cli = OWN_CLI): Program {
  if (ON_DENO) return { cli, before: ['run', '-A', '--preload', PRELOAD, cli] };
  const tsx = pathToFileURL(createRequire(pathToFileURL(cli)).resolve('tsx')).href;
  return { cli, before: ['--import', tsx, '--import', PRELOAD, cli] };
}

/** The program as one bundle in a folder. */
export async function bundled(folder: string, cli = OWN_CLI): Promise<Program> {
  if (ON_DENO) return fromSources(cli);
  return { cli, before: ['--import', PRELOAD, await bundleProgram(folder, cli)] };
}

/** Processes that run: none outlives the driver. */
const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** A process of the program, and what it says. */
export class Run {
  readonly child: ChildProcess;
  readonly startedMs = performance.now();
  /** Exit code; null after a fatal signal. */
  readonly ended: Promise<number | null>;
  /** Undefined while it runs. */
  code: number | null | undefined;
  stdout = '';
  stderr = '';

  constructor(
    program: Program,
    args: readonly string[],
    cwd: string,
    environment: Readonly<Record<string, string>>,
  ) {
    this.child = spawn(process.execPath, [...program.before, ...args], {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    alive.add(this.child);
    this.child.stdout?.on('data', (chunk) => {
      this.stdout = (this.stdout + chunk).slice(-KEPT_CHARACTERS);
    });
    this.child.stderr?.on('data', (chunk) => {
      this.stderr = (this.stderr + chunk).slice(-KEPT_CHARACTERS);
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code) => {
        this.code = code;
        alive.delete(this.child);
        resolve(code);
      });
    });
  }

  get isOver(): boolean {
    return this.code !== undefined;
  }

  /** Objects of the whole JSON lines on stdout so far. */
  lines(): Record<string, unknown>[] {
    return this.stdout
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  }

  kill(signal: NodeJS.Signals): void {
    if (!this.isOver) this.child.kill(signal);
  }
}
