import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { compileEffects } from '../../src/scenario/effects.ts';
import { idleScenarios } from '../../src/scenario/notes.ts';
import type { KnownWindow } from '../../src/scenario/window-shape.ts';
import { spansOf } from '../../src/scenario/windows.ts';
import { loadScenario, parseScenario, scenarioNames } from '../../src/scenario/scenario.ts';
import { scenarioSchemaText } from '../../src/scenario/schema.ts';
import { messageOf, smallWorld, temporaryFolder } from '../world/fixtures.ts';

const FOLDER = new URL('../../scenarios/', import.meta.url);

const GOOD = `
name: heat
title: A hot week
description: Everyone wants to drink.
window: { fromDays: 2, toDays: 9 }
effects:
  - kind: traffic
    factor: 0.9
`;

function problemsOf(text: string): string {
  return messageOf(() => parseScenario(text, 'heat.yaml'));
}

describe('a text that would overflow the stack', () => {
  const LENGTH = 100_000;
  const stairs = (line: string) => {
    let text = '';
    for (let indent = 0; text.length < LENGTH; indent++) text += `${' '.repeat(indent)}${line}\n`;
    return text;
  };
  const filled = (piece: string) => piece.repeat(LENGTH / piece.length);

  it.each([
    ...['[', '{', '- ', '? ', ': ', 'a: ', '[a: ', '{a: ', '? - ', '"a": ', '-\t', '[\n', '- ['],
    ...['[ # \n', 'a: b: c:\n d: e:\n'],
  ])('nested by %j is refused', (piece) => {
    expect(problemsOf(filled(piece))).toMatch(/line \d+: it is nested deeper than 32 levels/);
    // Further in, where some are no nesting any more and all the same too much.
    expect(problemsOf(`x: ${filled(piece)}`)).toMatch(/^Cannot read heat.yaml, line \d+: it /);
  });

  it.each(['a:', '-', '?', '- - a:'])('nested by indents of %j is refused', (line) => {
    expect(problemsOf(stairs(line))).toMatch(/line \d+: it is nested deeper than 32 levels/);
  });

  it.each([
    '---\n',
    '%a\n',
    '\n',
    '#\n',
    '&a ',
    '!a ',
    '*a ',
    '[]: ',
    '}',
    '""',
    'a: &a\n',
    '- |\n',
  ])('of thousands of %j is refused before it is parsed', (piece) => {
    expect(problemsOf(filled(piece))).toMatch(/line \d+: it has more than 20000 words and signs/);
  });

  it('is refused for its length, and for what its aliases stand for', () => {
    expect(problemsOf(`# ${'x'.repeat(300_000)}`)).toContain('it has 300002 characters');
    const deeper = 'with its aliases it is nested deeper than 32 levels';
    expect(problemsOf('&a [*a]')).toContain(deeper);
    expect(problemsOf('name: &a { b: *a }')).toContain(deeper);
    const links = Array.from({ length: 200 }, (_, at) => `k${at}: &k${at} [*k${at - 1}]`);
    expect(problemsOf(['k-1: &k-1 []', ...links].join('\n'))).toContain(deeper);
    const laughs =
      'a: &a [x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]';
    expect(problemsOf(laughs)).toContain('Excessive alias count');
  });
});

describe('the scenarios of the project', () => {
  it.each(scenarioNames())('%s is valid and named like its file', (name) => {
    const scenario = loadScenario(name);
    expect(scenario.name).toBe(name);
    expect(scenario.expect.length).toBeGreaterThan(0);
    const text = readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./scenario.schema.json');
  });

  it.each(scenarioNames().filter((name) => name !== 'baseline'))(
    '%s expects something that is not so without its effects, and tells what to look for',
    (name) => {
      const scenario = loadScenario(name);
      // Without effects every ratio to the baseline is 1.
      const telling = scenario.expect.filter(
        (each) =>
          'metric' in each &&
          each.versus === 'baseline' &&
          ((each.atLeast ?? 0) > 1 || (each.atMost ?? 2) < 1),
      );
      expect(telling.length).toBeGreaterThan(0);
      expect(scenario.description.length).toBeGreaterThan(60);
      if (!['disruption', 'holiday'].includes(name)) expect(scenario.lookFor).toBeDefined();
    },
  );

  it('include the three that everyone has', () => {
    expect(scenarioNames()).toEqual(expect.arrayContaining(['baseline', 'disruption', 'holiday']));
  });

  it('have a published schema that is current', () => {
    const published = readFileSync(new URL('scenario.schema.json', FOLDER), 'utf8');
    expect(published.replaceAll('\r\n', '\n')).toBe(scenarioSchemaText());
  });

  it('have a published schema that editors can tell mistakes with', () => {
    const published = readFileSync(new URL('scenario.schema.json', FOLDER), 'utf8');
    const schema = z.fromJSONSchema(JSON.parse(published));
    for (const name of scenarioNames()) {
      const scenario = parse(readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8'));
      expect(schema.safeParse(scenario).success, name).toBe(true);
    }
    expect(schema.safeParse(parse(GOOD)).success).toBe(true);
    for (const mistake of ['kind: trafic', 'kind: price', 'kind: traffic\n    window: {}']) {
      expect(schema.safeParse(parse(GOOD.replace('kind: traffic', mistake))).success).toBe(false);
    }
  });

  it('are shown in the README by an example that works', () => {
    const readme = readFileSync(new URL('README.md', FOLDER), 'utf8');
    const examples = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) parseScenario(example, 'README.md');
  });
});

describe('loading', () => {
  it('finds a file by its path', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'heat.yaml');
    writeFileSync(file, GOOD);
    expect(loadScenario(file)).toMatchObject({ name: 'heat', file });
    expect(() => loadScenario(join(folder, 'cold.yaml'))).toThrow('there is no such file');
  });

  it('suggests a name', () => {
    expect(() => loadScenario('hollyday')).toThrow(/hollyday.*baseline.*did you mean "holiday"/);
  });

  it('gives effects the window and the places of the scenario, where they have none', () => {
    const { effects } = parseScenario(
      `${GOOD}  - { kind: online, factor: 2, targets: { states: [TX] }, window: { fromHours: 1, toHours: 2 } }
  - { kind: supply, factor: 0.5, targets: { departments: [Grocery] } }
targets: { dcs: [2] }
`,
      'heat.yaml',
    );
    expect(effects.map(({ window }) => window)).toEqual([
      { fromDays: 2, toDays: 9 },
      { fromHours: 1, toHours: 2 },
      { fromDays: 2, toDays: 9 },
    ]);
    expect(effects.map(({ targets }) => targets)).toEqual([
      { dcs: [2] },
      { states: ['TX'] },
      { dcs: [2], departments: ['Grocery'] },
    ]);
  });

  it('has a digest of everything that determines the world, without texts and comments', () => {
    const { sha256 } = parseScenario(GOOD, 'heat.yaml');
    const reworded = GOOD.replace('A hot week', 'Heat wave').replace('name:', '# Summer\nname:');
    expect(parseScenario(reworded, 'other.yaml').sha256).toBe(sha256);
    expect(parseScenario(GOOD.replace('0.9', '0.8'), 'heat.yaml').sha256).not.toBe(sha256);
    expect(parseScenario(GOOD.replace('toDays: 9', 'toDays: 8'), 'heat.yaml').sha256).not.toBe(
      sha256,
    );
  });
});

describe('a mistake is reported with place, value and remedy', () => {
  it.each([
    ['kind: traffic', 'kind: trafic', 'line 7: effects[0].kind is "trafic"', 'mean "traffic"'],
    ['factor: 0.9', 'factor: lots', 'line 8: effects[0].factor is "lots"', 'from 0 to 100'],
    ['factor: 0.9', 'factor: -1', 'effects[0].factor is -1', 'a number from 0 to 100'],
    ['factor: 0.9', 'factr: 0.9', 'effects[0].factr is unknown here', 'mean "factor"'],
    ['factor: 0.9', '', 'effects[0].factor is missing', 'a number from 0 to 100'],
    ['factor: 0.9', 'factor: 0.9\n    targets: { store: [1] }', 'targets.store', 'mean "stores"'],
    [
      'factor: 0.9',
      'factor: 0.9\n    targets: { stores: [] }',
      'targets.stores is []',
      'not empty',
    ],
    ['factor: 0.9', 'factor: 0.9\n    targets: { products: [1] }', 'targets.products', 'expected'],
    ['factor: 0.9', 'factor: 0.9\n    ramp: { upDay: 1 }', 'ramp.upDay', 'mean "upDays"'],
    ['factor: 0.9', 'factor: 0.9\n    ramp: { upDays: 8 }', 'effects[0].ramp', 'fit into it'],
    [
      'toDays: 9',
      'toDays: 2',
      'line 5: window is {"fromDays":2,"toDays":2}',
      'end after it begins',
    ],
    ['toDays: 9', 'todays: 9', 'window.todays', 'mean "toDays"'],
    ['fromDays: 2', 'fromDays: soon', 'window.fromDays is "soon"', 'whole number of days'],
    ['{ fromDays: 2, toDays: 9 }', 'always', 'window is "always"', 'a window: from and to'],
    [
      '{ fromDays: 2, toDays: 9 }',
      '{ holiday: cristmas }',
      'window.holiday is "cristmas"',
      'did you mean "christmas"',
    ],
    [
      '{ fromDays: 2, toDays: 9 }',
      '{ from: 2024-02-30, to: 2024-03-01 }',
      'window.from is "2024-02-30"',
      'an instant as YYYY-MM-DD',
    ],
    ['window: { fromDays: 2, toDays: 9 }\n', '', 'effects[0].window is missing', 'for all effects'],
    ['name: heat', 'name: Heat wave', 'name is "Heat wave"', 'lower-case letters'],
    ['title: A hot week\n', '', 'title is missing', 'a line of text'],
    ['effects:', 'effect:', 'effect is unknown here', 'mean "effects"'],
  ])('%j as %j', (right, wrong, where, remedy) => {
    const message = problemsOf(GOOD.replace(right, wrong));
    expect(message).toContain('Cannot use scenario heat.yaml');
    expect(message).toContain(where);
    expect(message).toContain(remedy);
  });

  it.each([
    ['expect: [{ metric: visit, atLeast: 1 }]', 'expect[0].metric is "visit"', 'mean "visits"'],
    ['expect: [{ metric: visits }]', 'expect[0] is {"metric":"visits"}', 'atLeast, atMost'],
    ['expect: [{ untouched: all }]', 'expect[0].untouched is "all"', 'other-regions'],
    [
      'expect: [{ metric: visits, atLeast: 1, where: { departments: [Grocery] } }]',
      'expect[0].where.departments',
      'not counted by product',
    ],
    [
      'expect: [{ metric: units, atLeast: 1, where: { during: { fromDays: 3, toDays: 1 } } }]',
      'expect[0].where.during',
      'end after it begins',
    ],
  ])('%s', (line, where, remedy) => {
    const message = problemsOf(GOOD + line);
    expect(message).toContain(where);
    expect(message).toContain(remedy);
  });

  it('lists all of them', () => {
    const message = problemsOf(GOOD.replace('traffic', 'price').replace('title', 'titel'));
    expect(message.split('\n').slice(1)).toHaveLength(3);
  });

  it('names line and column of malformed YAML', () => {
    expect(problemsOf('name: heat\n title: A')).toMatch(/Cannot read heat.yaml, line 1, column 7/);
    expect(problemsOf('name: heat\nname: cold')).toMatch(/line 2.*unique/);
    expect(problemsOf('')).toContain('the file is null: expected a scenario');
    expect(problemsOf('[]')).toContain('the file is []: expected a scenario');
  });
});

describe('windows that count from the opening of the world', () => {
  const OPENING = Date.UTC(2024, 2, 1, 6);
  const text = (from: string, to: string, ramp = '') =>
    `name: rush\ntitle: Rush\ndescription: More.\neffects:\n  - kind: traffic\n    window: { from: ${from}, to: ${to} }\n    factor: 2\n${ramp}`;
  const spanOf = (from: string, to: string) => {
    const [{ window }] = parseScenario(text(from, to), 'rush.yaml').effects;
    return spansOf(window as KnownWindow, OPENING, 'America/Chicago');
  };

  it('are the same whenever they are simulated', () => {
    const HOUR = 3_600_000;
    expect(spanOf('now', '+7d')).toEqual([{ startMs: OPENING, endMs: OPENING + 168 * HOUR }]);
    expect(spanOf('today', 'today+1d')).toEqual([
      { startMs: Date.UTC(2024, 2, 1), endMs: Date.UTC(2024, 2, 2) },
    ]);
    expect(spanOf('-12h', '2024-03-05T02:00:00+02:00')).toEqual([
      { startMs: OPENING - 12 * HOUR, endMs: Date.UTC(2024, 2, 5) },
    ]);
  });

  it('are refused where they end before they begin, as soon as that is known', () => {
    expect(messageOf(() => parseScenario(text('+7d', 'now'), 'rush.yaml'))).toContain(
      'expected it to end after it begins',
    );
    const late = parseScenario(text('+7d', '2024-01-03'), 'rush.yaml');
    expect(messageOf(() => compileEffects([late], smallWorld()))).toMatch(
      /effects\[0\]\.window goes from 2024-01-08.* to 2024-01-03.* as the world opens 2024-01-01/,
    );
    expect(messageOf(() => parseScenario(text('soon', 'now'), 'rush.yaml'))).toContain(
      "or from the world's opening: now, today, +7d",
    );
  });

  it('are reported if a run is outside of them', () => {
    const scenario = parseScenario(text('+7d', '+9d'), 'rush.yaml');
    const run = (fromDay: number, toDay: number) => ({
      startMs: OPENING,
      fromMs: OPENING + fromDay * 86_400_000,
      toMs: OPENING + toDay * 86_400_000,
    });
    expect(idleScenarios([scenario], run(0, 7))).toEqual([
      'The scenario "rush" changes nothing from 2024-03-01T06:00:00.000Z to 2024-03-08T06:00:00.000Z: its next window begins 2024-03-08T06:00:00.000Z.',
    ]);
    expect(idleScenarios([scenario], run(9, Number.POSITIVE_INFINITY))[0]).toBe(
      'The scenario "rush" changes nothing from 2024-03-10T06:00:00.000Z on: its last window ended 2024-03-10T06:00:00.000Z.',
    );
    expect(idleScenarios([scenario], run(0, 8))).toEqual([]);
    expect(idleScenarios([loadScenario('baseline')], run(0, 8))).toEqual([]);
    expect(idleScenarios([loadScenario('holiday')], run(0, 8))).toHaveLength(1);
  });
});
