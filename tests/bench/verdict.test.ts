import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GREATEST_LOSS, type Recorded, verdict } from './verdict.ts';

const ratios = fc.double({ min: 1, max: 1000, noNaN: true });

describe('the verdict on a speed', () => {
  it('fails from a loss of a fifth on, whatever the speed', () => {
    fc.assert(
      fc.property(ratios, fc.double({ min: 0.01, max: 3, noNaN: true }), (recorded, share) => {
        fc.pre(Math.abs(share - (1 - GREATEST_LOSS)) > 1e-9);
        const { passed } = verdict('Node 20', share * recorded, { 'Node 20': recorded });
        expect(passed).toBe(share > 1 - GREATEST_LOSS);
      }),
    );
  });

  it('says how much was lost and how to record again', () => {
    const { text } = verdict('Node 20', 60, { 'Node 20': 100 });
    expect(text).toContain(
      '60.0 thousand rows a calibration on Node 20, 100.0 recorded: 40 % slower',
    );
    expect(text).toContain('npm run bench:check -- --record');
  });

  it('compares with the nearest version of the same runtime, and says so', () => {
    const recorded = { 'Node 20': 100, 'Node 26': 200, 'Deno 22': 1000 };
    expect(verdict('Node 22', 60, recorded).text).toContain('100.0 recorded on Node 20: 40 %');
    expect(verdict('Node 23', 60, recorded).passed).toBe(false);
    expect(verdict('Node 24', 159, recorded).passed).toBe(false);
    expect(verdict('Node 26', 161, recorded).passed).toBe(true);
  });

  it('fails for a runtime without records, and for a ratio that is not a number', () => {
    const { passed, text } = verdict('Deno 2', 100, { 'Node 20': 100 });
    expect(passed).toBe(false);
    expect(text).toMatch(/Deno 2: recorded is Node 20\. Record it/);
    expect(verdict('Node 20', Number.NaN, { 'Node 20': 100 }).passed).toBe(false);
  });

  it('has a ratio to compare with on the oldest Node that is supported', () => {
    const file = path.join(import.meta.dirname, 'recorded.json');
    const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
    expect(recorded['Node 20']).toBeGreaterThan(0);
  });
});
