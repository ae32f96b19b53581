/** `sim scenario`: its commands, what they refuse, and their exit codes. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { parseScenario, scenarioNames } from '../../src/scenario/scenario.ts';
import { fakeTerminal } from './fake-terminal.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-scenario-'));
afterAll(() => rmSync(base, { recursive: true }));

async function scenario(...words: string[]) {
  const terminal = fakeTerminal();
  const code = await main(['scenario', ...words], terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

/** A trial of a day in a tiny world, whose only effect is more visits. */
const small = (factor: number, expected: string) => `
name: crowd
title: More visits
description: People come.
targets: { dcs: [1] }
window: { fromHours: 0, toHours: 24 }
effects:
  - { kind: traffic, factor: ${factor} }
trial:
  from: 2024-03-04
  days: 1
  volume: { stores: 2, dcs: 2, total_customers: 400, total_products: 100, customers_per_day: 60 }
expect:
${expected}
`;

describe('list and describe', () => {
  it('show every scenario that comes with the project', async () => {
    const { code, stdout } = await scenario('list');
    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(scenarioNames());
    const { stdout: json } = await scenario('list', '--json');
    expect(JSON.parse(json).scenarios).toContainEqual({
      name: 'baseline',
      title: 'An ordinary course of events',
    });
    for (const name of scenarioNames()) {
      const described = await scenario('describe', name);
      expect(described.code).toBe(0);
      expect(described.stdout).toContain('Trial\n');
      const { stdout: all } = await scenario('describe', name, '--json');
      expect(JSON.parse(all)).toMatchObject({ name, expect: expect.any(Array) });
    }
    expect((await scenario('describe', 'holday')).stderr).toContain('did you mean "holiday"');
  });
});

describe('new', () => {
  it('writes a scenario that can be used, and nothing over a file that is there', async () => {
    const file = path.join(base, 'heat-wave.yaml');
    const made = await scenario('new', file);
    expect(made).toMatchObject({ code: 0, stdout: '' });
    expect(made.stderr).toContain('scenario check');
    expect(parseScenario(readFileSync(file, 'utf8'), file).name).toBe('heat-wave');
    expect(await scenario('validate', file)).toMatchObject({
      code: 0,
      stdout: 'heat-wave.yaml can be used.\n',
    });
    writeFileSync(file, 'mine');
    const again = await scenario('new', file);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('it exists already');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    const bad = await scenario('new', path.join(base, 'Heat_Wave'));
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain('a name of lower-case letters, digits and dashes');
    expect(existsSync(path.join(base, 'Heat_Wave.yaml'))).toBe(false);
  });
});

describe('validate', () => {
  it('tells of each file whether it can be used, also by what it names', async () => {
    const good = path.join(base, 'good.yaml');
    const nowhere = path.join(base, 'nowhere.yaml');
    writeFileSync(good, small(2, '  - { metric: visits, atLeast: 1.5 }'));
    writeFileSync(nowhere, small(2, '  []').replace('dcs: [1]', 'dcs: [9]'));
    const { code, stdout, stderr } = await scenario('validate', good, nowhere, 'disruption');
    expect(code).toBe(2);
    expect(stdout).toBe('good.yaml can be used.\ndisruption.yaml can be used.\n');
    expect(stderr).toMatch(/^error: .*9/);
  });
});

describe('check', () => {
  it('holds for a scenario that does what it says, and removes its worlds', async () => {
    const file = path.join(base, 'crowd.yaml');
    writeFileSync(
      file,
      small(
        2,
        '  - { metric: visits, where: { dcs: [1] }, atLeast: 1.5 }\n  - { untouched: other-regions }',
      ),
    );
    const before = readdirSync(os.tmpdir()).filter((name) => name.startsWith('sim-trial-'));
    const { code, stdout, stderr } = await scenario('check', file, '--seeds', '2');
    expect(code, stderr).toBe(0);
    const [heading, visits, others] = stdout.split('\n');
    expect(heading).toMatch(/^verdict +seed 1 +seed 2 +expectation$/);
    expect(visits).toMatch(
      /^holds +\S+ × \(\d+ against \d+\) +\S+ × \(.+\) +visits; dcs 1: at least 1.5 × the baseline$/,
    );
    expect(others).toMatch(/^holds +\d+ files alike +\d+ files alike +facts of other regions/);
    expect(stdout).toContain('The scenario "crowd" does what it says at 2 seeds.\n');
    const left = readdirSync(os.tmpdir()).filter((name) => name.startsWith('sim-trial-'));
    expect(left.filter((name) => !before.includes(name))).toEqual([]);
  }, 120_000);

  it('fails for one that does not, and keeps its worlds where asked', async () => {
    const file = path.join(base, 'crowd.yaml');
    const out = path.join(base, 'kept');
    writeFileSync(file, small(1, '  - { metric: visits, where: { dcs: [1] }, atLeast: 1.5 }'));
    const failed = await scenario('check', file, '--seeds', '1', '--out', out, '--json');
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({
      scenario: 'crowd',
      holds: false,
      results: [{ seed: 1, broken: [], expectations: [{ holds: false }] }],
    });
    expect(readdirSync(out).sort()).toEqual(['baseline-1', 'crowd-1']);
  }, 120_000);

  it('refuses a scenario that expects nothing, and seeds that are none', async () => {
    const file = path.join(base, 'crowd.yaml');
    writeFileSync(file, small(2, '  []'));
    const nothing = await scenario('check', file);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('expects nothing');
    const none = await scenario('check', file, '--seeds', '0');
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('--seeds is "0"');
  });
});
