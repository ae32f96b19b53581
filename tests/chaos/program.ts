/** The tested program: bundled once, so that starting it costs little, or run from its sources. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const OWN_CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const PRELOAD = new URL('./preload.mjs', import.meta.url).href;
const ON_DENO = 'Deno' in globalThis;
/** Where a module is, except where it names a thread: those are in the bundle. */
const HERE = /(?<!-thread\.mjs', )import\.meta\.url/g;
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

/** The program as one bundle in a folder. Whatever its modules read beside themselves is that of the sources. */
export async function bundled(folder: string, cli = OWN_CLI): Promise<Program> {
  if (ON_DENO) return fromSources(cli);
  const root = path.dirname(path.dirname(cli));
  mkdirSync(folder, { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const here = JSON.stringify(pathToFileURL(cli).href);
  await build({
    entryPoints: { cli, ...threadsOf(path.dirname(cli)) },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    external: ['@duckdb/*', '@toondepauw/*', 'esbuild', 'tsx'],
    banner: {
      js: `import { createRequire as requireOf } from 'node:module'; const require = requireOf(${here});`,
    },
    plugins: [
      {
        name: 'modules-stay-where-they-are',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
            const url = JSON.stringify(pathToFileURL(file).href);
            const contents = readFileSync(file, 'utf8').replaceAll(HERE, url);
            return { loader: 'ts', contents };
          });
        },
      },
    ],
  });
  return { cli, before: ['--import', PRELOAD, path.join(folder, 'cli.mjs')] };
}

/** Modules that are threads: `x-thread.mjs` starts `x-thread.ts`, and lies beside the bundle. */
function threadsOf(sources: string): Record<string, string> {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' });
  const threads = files.filter((file) => file.endsWith('-thread.ts'));
  return Object.fromEntries(
    threads.map((file) => [path.basename(file, '.ts'), path.join(sources, file)]),
  );
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
