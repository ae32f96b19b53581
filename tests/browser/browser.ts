/** A real browser without a window, and `sim serve` as a process of its own. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium } from 'playwright-core';
import { SIM, startSim } from '../run/sim-process.ts';

/** Names the browser where it lies elsewhere. */
const VARIABLE = 'SIM_TEST_BROWSER';
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const ADVICE =
  `There is no Chromium for the tests of the page: install one (Debian: apt-get install chromium), or set ` +
  `${VARIABLE} to the path of Chromium, Chrome or Edge.`;

/** Path of the browser; undefined where there is none, which is an error where CI is set. */
export function browserPath(): string | undefined {
  const given = process.env[VARIABLE];
  const found = [...(given === undefined ? [] : [given]), ...USUAL_PLACES].find((place) =>
    existsSync(place),
  );
  if (found === undefined && process.env.CI) throw new Error(ADVICE);
  if (found === undefined) process.stderr.write(`skipped: ${ADVICE}\n`);
  return found;
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox'] });
}

export interface Served {
  readonly url: string;
  readonly port: number;
  /** All that it has said so far on stderr. */
  said(): string;
  /** Ends the process; the world stays. */
  stop(): Promise<void>;
  /** Ends it and removes the world. */
  close(): Promise<void>;
}

/** Starts `sim serve` on a small world of the test's own. */
export async function serve(
  options: {
    out?: string;
    port?: number;
    args?: readonly string[];
    token?: string;
    /** The sources, say, instead of the bundle. */
    script?: string;
  } = {},
): Promise<Served & { out: string }> {
  const out = options.out ?? path.join(mkdtempSync(path.join(os.tmpdir(), 'sim-page-')), 'world');
  const args = options.args ?? ['--preset', 'small', '--seed', '11'];
  const server = await start<{ url: string; port: number }>(
    ['serve', '--out', out, '--port', `${options.port ?? 0}`, ...args],
    { SIM_API_TOKEN: options.token ?? '' },
    options.script,
  );
  const { said, stop } = server;
  const { url, port } = server.told;
  return {
    out,
    url: url.replace('localhost', '127.0.0.1'),
    port,
    said,
    stop,
    close: async () => {
      await stop();
      rmSync(path.dirname(out), { recursive: true, force: true });
    },
  };
}

export interface Started<Told> {
  /** What it told on stdout when it was ready. */
  readonly told: Told;
  /** All that it has said so far on stderr. */
  said(): string;
  stop(): Promise<void>;
}

/** Starts a command of `sim` that tells where it listens as a line of JSON, as a process of its own. */
export async function start<Told>(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  script = SIM,
): Promise<Started<Told>> {
  const { child } = startSim([...args, '--json'], script, env);
  let said = '';
  child.stderr!.on('data', (data: Buffer) => {
    said += data.toString();
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    const told = JSON.parse(line) as Told;
    return { told, said: () => said, stop: () => ended(child) };
  }
  throw new Error(`sim ${args[0]} ended before it listened:\n${said}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGINT');
  });
}
