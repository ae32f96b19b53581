/** Paths in messages: those of this machine are shortened, those that were given stay whole. */
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutPaths } from '../../src/api/without-paths.ts';

const cwd = process.cwd();
const home = os.homedir();

describe('a path that was given', () => {
  it.each([
    'Cannot read "g/[ab]/facts/receipts/dt=2024-01-01/part-1.csv".',
    'Cannot read "run?/facts/receipts/part-1.csv"',
    'Cannot read läden-é/checkpoint/manifest.json: it is damaged',
    'Cannot run in "w-/a/b": process 7 is using it',
    'Remove ~/worlds/a/run.lock.',
    'See ../other/world/config.json and ./world/facts/x.csv',
    'Cannot read "my world (2)/facts/sub/x.csv".',
    String.raw`Cannot read "w\facts\receipts\part-1.csv".`,
    `Cannot read "deep${cwd}/inside/x.csv"`,
    'The scenario is at https://shop.example/a/b/c?d=e/f',
    'Events go to sb://shop.servicebus.windows.net/hub/x',
    'POST /api/generation/clear/challenge gives it; /docs lists all',
    'Send "/api/stream/start", or 3/4 of it, and/or/not more',
  ])('stays as it is: %s', (text) => {
    expect(withoutPaths(text)).toBe(text);
  });

  it('stays as it is, whatever signs it has', () => {
    const sign = fc.constantFrom(...'aZ7-_.~[](){}?*+!@#$%^&é城:;,=');
    const name = fc.string({ unit: sign, minLength: 1, maxLength: 8 });
    const relative = fc
      .array(name, { minLength: 2, maxLength: 5 })
      .map((names) => names.join('/'))
      // What has a root, or an opening sign before one, is not told from a path of the machine.
      .filter((given) => !/^(?:file:|[a-z]:)|[(=,;]\//i.test(given));
    const property = fc.property(relative, fc.boolean(), (given, isQuoted) => {
      const text = isQuoted ? `Cannot read "${given}".` : `Cannot read ${given} now`;
      expect(withoutPaths(text)).toBe(text);
    });
    fc.assert(property, { seed: 11, numRuns: 500 });
  });
});

describe('a path of this machine', () => {
  it.each([
    [
      `Cannot read "${path.join(cwd, 'my w', 'a (1)', 'x.csv')}".`,
      'Cannot read "my w/a (1)/x.csv".',
    ],
    [`Cannot use ${path.join(cwd, 'my w', 'config.json')}:`, 'Cannot use my w/config.json:'],
    [`open '${path.join(home, 'w', 'x.csv')}'`, "open 'w/x.csv'"],
    ['Cannot read "/srv/my (old) w/facts/x, y.csv".', 'Cannot read "x, y.csv".'],
    ['Cannot read /srv/a(1)/b;c/d.csv: gone', 'Cannot read d.csv: gone'],
    ['(see /srv/shop/notes.txt)', '(see notes.txt)'],
    ['at file:///srv/shop/src/run.ts', 'at run.ts'],
    [String.raw`Cannot read "D:\shop\my w\x.csv".`, 'Cannot read "x.csv".'],
    [String.raw`Cannot read \\host\share\x.csv.`, 'Cannot read x.csv.'],
    ['Cannot run in "/data": busy', 'Cannot run in "/data": busy'],
  ])('is shortened, and not damaged: %s', (text, expected) => {
    expect(withoutPaths(text).replaceAll('\\', '/')).toBe(expected);
  });
});
