/** docs/scaling.md: its commands run as they stand there, and its tables are those of the program. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { estimateRun, REAL_VISITS_PER_CUSTOMER_DAY } from '../../src/run/estimate.ts';
import { parseShard } from '../../src/store/shard.ts';
import { configOf } from '../../src/world/config.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { digests } from '../run/digests.ts';

const folder = path.join(import.meta.dirname, '../../docs');
const text = readFileSync(path.join(folder, 'scaling.md'), 'utf8');
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-scaling-'));
afterAll(() => rmSync(base, { recursive: true }));

/** Rows of the table whose header begins with a text, as their cells. */
function tableOf(header: string): string[][] {
  const lines = text.slice(text.indexOf(`| ${header}`)).split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const inBase = (word: string) => (/^[a-w](\/\.)?$/.test(word) ? path.join(base, word) : word);

it('its commands work, in their order', { timeout: 300_000 }, async () => {
  const commands = [...text.matchAll(/^ {4}((npm run sim --|cp -R|mkdir) .+)$/gm)];
  expect(commands.length).toBeGreaterThan(10);
  for (const [, command] of commands) {
    const words = command.split(' ').map(inBase);
    if (words[0] === 'mkdir') mkdirSync(words[1]);
    else if (words[0] === 'cp') cpSync(words[2], words[3], { recursive: true });
    else {
      const terminal = fakeTerminal();
      const code = await main(words.slice(4), terminal);
      expect(code, `${command}\n${terminal.stdout()}${terminal.stderr()}`).toBe(0);
    }
    // What it says of the two folders, before one of them goes on.
    if (/verify c$/.test(command)) expect(digests(inBase('c'))).toEqual(digests(inBase('w')));
  }
});

it('names the variables that --shard auto reads, all of them', () => {
  const named = (cell: string) => cell.replaceAll('`', '');
  const rows = tableOf('scheduler ');
  for (const [scheduler, index, first, count] of rows) {
    const isNumber = /^\d+$/.test(first);
    const environment = {
      [named(index)]: String(isNumber ? Number(first) + 1 : 2),
      ...(isNumber ? {} : { [named(first)]: '1' }),
      [named(count)]: '3',
    };
    expect(parseShard('auto', environment), scheduler).toEqual({ index: 2, count: 3 });
  }
  expect(() => parseShard('auto', {})).toThrow(rows.map(([, index]) => named(index)).join(', '));
});

describe('the table of sizes', () => {
  const startMs = Date.UTC(2024, 0, 1);
  const YEAR = { startMs, fromMs: startMs, toMs: Date.UTC(2025, 0, 1) };
  const UNITS: Record<string, number> = {
    ...{ min: 60, h: 3600, d: 86_400 },
    ...{ M: 1e6, G: 1e9, GB: 1e9, TB: 1e12 },
  };
  const amount = (cell: string) => {
    const [number, unit] = cell.replaceAll(',', '').split(' ');
    return Number(number) * (unit === undefined ? 1 : UNITS[unit]);
  };

  it.each(tableOf('stores |'))('is what sim estimate says of %s stores', (...cells) => {
    const [total, division, regions, ...told] = cells;
    const worlds = division === 'one' ? 1 : amount(division.split(' of ')[0]);
    const stores = amount(total) / worlds;
    if (worlds > 1) expect(amount(division.split(' of ')[1])).toBe(stores);
    const dcs = amount(regions) / worlds;
    const volume = {
      stores,
      dcs,
      total_geographies: Math.max(100, dcs),
      total_customers: Math.round((stores * 2000) / REAL_VISITS_PER_CUSTOMER_DAY),
      online_orders_per_day: stores * 60,
    };
    const config = configOf({ volume });
    const { rows, bytes } = estimateRun(config, YEAR);
    const [one, sixteen, all] = [1, 16, dcs].map(
      (workers) => estimateRun(config, YEAR, { workers }).seconds,
    );
    const ofOne = [volume.total_customers, rows, bytes, one, sixteen];
    const expected = [...ofOne.map((figure) => figure * worlds), all];
    expect(told).toHaveLength(expected.length);
    for (const [at, figure] of expected.entries()) {
      expect(Math.abs(amount(told[at]) / figure - 1), told[at]).toBeLessThan(0.06);
    }
  });
});

it('has no place left to fill in', () => {
  expect(text).not.toMatch(/^[A-Z]+$/m);
});

it('links to files that are there', () => {
  for (const name of ['docs/scaling.md', 'docs/operations.md', 'README.md']) {
    const file = path.join(folder, '..', name);
    const links = [...readFileSync(file, 'utf8').matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)];
    for (const [, target] of links) {
      expect(existsSync(path.join(path.dirname(file), target)), `${name}: ${target}`).toBe(true);
    }
  }
});
