/** docs/streaming.md and the streams of docs/operations.md: their commands run, their settings exist. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { CATCH_UPS } from '../../src/stream/catch-up.ts';
import { CONNECTION_VARIABLE } from '../../src/sinks/event-hubs/credentials.ts';
import { configOf } from '../../src/world/config.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { ENTITY, testHub } from '../hub/clients.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-streaming-'));
afterAll(() => rmSync(base, { recursive: true }));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const read = (page: string) => readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
const guide = read('streaming.md');

/** Where the streams of the guide end here, one after the other: not by time, which differs. */
const ENDS = ['2024-03-03T02:00:00Z', '2024-03-03T03:00:00Z', '2024-03-03T04:00:00Z'];

/** Words of a command: folders lie elsewhere here, and nobody waits for the time to pass. */
function here(command: string): string[] {
  const words = command.split(' ').map((word) => {
    if (['w', 'c', 'live'].includes(word)) return path.join(base, word);
    if (word === '60') return 'max';
    if (word === '500/s') return '100000/s';
    return word === '24h' ? '1s' : word;
  });
  const at = words.indexOf('--duration');
  if (words[at + 1] === '10m') words.splice(at, 2, '--to', ENDS.shift() ?? '');
  return words;
}

async function runAll(text: string): Promise<string[]> {
  const hub = await testHub();
  vi.stubEnv(CONNECTION_VARIABLE, hub.connectionString(ENTITY));
  // The sink of that name has it to itself: events would hide what the tests say.
  vi.spyOn(process.stdout, 'write').mockImplementation((...given: unknown[]) => {
    const written = given.at(-1);
    if (typeof written === 'function') written();
    return true;
  });
  const commands = [...text.matchAll(/^ {4}npm run sim -- (.+)$/gm)].map(([, command]) => command);
  const printed: string[] = [];
  for (const command of commands) {
    const terminal = fakeTerminal();
    const code = await main(here(command), terminal);
    expect(code, `${command}\n${terminal.stdout()}${terminal.stderr()}`).toBe(0);
    printed.push(terminal.stdout() + terminal.stderr());
  }
  return printed;
}

describe('docs/streaming.md', () => {
  it('shows commands that work, in their order', { timeout: 240_000 }, async () => {
    const printed = await runAll(guide);
    expect(printed.length).toBeGreaterThan(8);
    const streams = printed.filter((text) => text.includes('Streaming to'));
    expect(streams.length).toBeGreaterThan(3);
    for (const text of streams) expect(text).toContain('everything is delivered');
  });

  it('gives the defaults that the settings have', () => {
    const { realtime } = configOf({});
    const rows = [...guide.matchAll(/^\| `([a-z_]+)` \| (\w+) \|/gm)];
    expect(rows.length).toBeGreaterThan(4);
    for (const [, key, value] of rows) {
      expect([key, String(realtime[key as keyof typeof realtime])]).toEqual([key, value]);
    }
  });

  it('names every way to catch up', () => {
    expect(CATCH_UPS.filter((name) => !guide.includes(`| \`${name}\``))).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  it('shows commands that work, in their order', { timeout: 240_000 }, async () => {
    const printed = await runAll(read('operations.md'));
    const status = printed.findLast((text) => text.startsWith('{"root"'));
    const { stream } = JSON.parse(status ?? '{}');
    expect(stream.total.acknowledged).toBe(stream.total.generated);
  });
});
