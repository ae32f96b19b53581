/**
 * Every scenario, run beside the same world without it, shows what it promises: in the long tests, as the pinned
 * worlds (tests/golden) say in every run whether what scenarios do has changed at all.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { checkText } from '../../src/cli/scenario-text.ts';
import { OWN_SCENARIOS } from '../../src/domain/own-files.ts';
import { checkScenario } from '../../src/library/check-scenario.ts';
import { checkExpectations } from '../../src/verify/expectations.ts';
import { loadScenario, parseScenario, scenarioNames } from '../../src/scenario/scenario.ts';
import { IS_LONG } from '../helpers/long.ts';
import { runTrial } from './trial.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-scenarios-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(IS_LONG).each(scenarioNames())('%s', (name) => {
  it('does what it says at three seeds, and a copy without effects does not', async () => {
    const check = await checkScenario(name);
    expect(check.holds, checkText(check)).toBe(true);
    expect(check.results).toHaveLength(3);
    const text = readFileSync(path.join(OWN_SCENARIOS, `${name}.yaml`), 'utf8');
    const inert = path.join(folder, `${name}.yaml`);
    const document = parse(text) as { effects: unknown[] };
    writeFileSync(inert, stringify({ ...document, effects: [] }));
    // Without effects everything is as it is without the scenario: all that the baseline says.
    const { holds } = await checkScenario(inert, { seeds: [1] });
    expect(holds).toBe(document.effects.length === 0);
  }, 600_000);
});

describe('an expectation that does not hold', () => {
  const quiet = loadScenario('baseline');
  let baseline = '';
  let world = '';
  beforeAll(async () => {
    ({ baseline, world } = await runTrial(quiet, mkdtempSync(path.join(folder, 'quiet-'))));
  });

  const check = async (expectations: string, other = world) => {
    const text = `name: x\ntitle: T\ndescription: D\neffects: []\nexpect:\n${expectations}`;
    return checkExpectations(parseScenario(text, 'x.yaml'), baseline, other);
  };

  it('is reported with the measured value', async () => {
    const results = await check(`
  - { metric: visits, atLeast: 1.01 }
  - { metric: units, atMost: 0.99, where: { departments: [Grocery], stores: [1] } }
  - { metric: lines, versus: nothing, atMost: 1 }
  - { metric: receipts, atLeast: 1, where: { during: { fromDays: 5, toDays: 9 } } }
  - { metric: deliveryHours, atLeast: 1, where: { during: { fromDays: 5, toDays: 9 } } }
  - { metric: visits, atLeast: 1, atMost: 1 }`);
    expect(results.map(({ holds }) => holds)).toEqual([false, false, false, false, false, true]);
    expect(results[0]).toEqual({
      statement: 'visits: at least 1.01 × the baseline',
      measured: expect.stringMatching(/^1 × \((\d+) against \1\)$/),
      holds: false,
    });
    expect(results[1].statement).toBe(
      'units; stores 1; departments Grocery: at most 0.99 × the baseline',
    );
    expect(results[2].measured).toMatch(/^\d+$/);
    expect(results[3].measured).toBe('no value × (0 against 0)');
    expect(results[4].measured).toBe('no value × (no value against no value)');
  });

  it('is reported if a single byte differs, or a file is missing', async () => {
    const other = path.join(folder, 'other');
    cpSync(world, other, { recursive: true });
    const part = path.join('store_ops', 'dt=2024-01-02', 'part-2.csv');
    writeFileSync(path.join(other, 'facts', part), 'TraceId,EventTS,StoreID,Operation\n');
    const [changed] = await check('  - { untouched: everything }', other);
    expect(changed.holds).toBe(false);
    expect(changed.measured).toContain(part);
    rmSync(path.join(other, 'facts', part));
    const [missing] = await check('  - { untouched: everything }', other);
    expect(missing.holds).toBe(false);
  });
});
