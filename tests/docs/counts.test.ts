/** Sentences that count: tables, files, statecharts … are as many as the code has. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CAST } from '../../actors/cast.ts';
import { FACT_NAMES } from '../../src/domain/facts.ts';
import { EVENT_TYPES } from '../../src/domain/event-rules.ts';
import { scenarioNames } from '../../src/scenario/scenario.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { readChecks } from '../../src/verify/checks.ts';

const ROOT = new URL('../../', import.meta.url);
const pages = [
  'README.md',
  'CHANGELOG.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'actors/README.md',
  'scenarios/README.md',
  ...readdirSync(new URL('docs/', ROOT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const facts = FACT_NAMES.length;
const written = worldTables().filter(({ kind }) => kind !== 'closing').length;

/** What is counted, as it is said, and how many there are. */
const COUNTS: readonly (readonly [sentence: RegExp, count: number])[] = [
  [/(\w+) tables of CSV/, facts],
  [/(\w+) fact tables/, facts],
  [/(\w+) files open for each region/, facts],
  [/\/(\w+) tables complete/, written],
  [/tables complete, (\w+) at \d+ %/, facts],
  [/(\w+) statecharts/, Object.keys(CAST).length],
  [/(\w+) types of events?\b/, EVENT_TYPES.length],
  [/(\w+) invariants/, readChecks().length],
  [/(\w+) scenarios/, scenarioNames().length],
];
/** Numbers of something else, or of what no code decides. */
const OTHER = [
  // What a test makes up: rows, machines, tabs of a browser.
  /over ten tables/,
  /ten tabs and more/,
  // Made from the code already.
  /which three tables share/,
  /Three tables have stock movements/,
  /tables of two kinds/,
  // Any two of them.
  /rows of two tables or columns/,
];
const NUMBER =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|\\d+';
const NOUN =
  'fact tables|tables|sinks|checks|invariants|types of events?|event types|scenarios|statecharts|actors|tabs|presets|commands|sim commands|effects|recipes';
const COUNTING = new RegExp(`[^.\\n|]*\\b(?:${NUMBER}) (?:${NOUN})\\b[^.\\n|]*`, 'gi');

const textOf = (page: string) =>
  readFileSync(new URL(page, ROOT), 'utf8').replace(/\n(?=\S)/g, ' ');

describe.each(pages)('%s', (page) => {
  it('counts as the code does', () => {
    const text = textOf(page);
    for (const [sentence, count] of COUNTS) {
      for (const [found, number] of text.matchAll(new RegExp(sentence, 'g'))) {
        if (/^(\d+|one|two|three|four|five|six|seven|eight|nine|ten)$/i.test(number)) {
          expect(number, found).toBe(String(count));
        }
      }
    }
  });

  it('counts nothing that is not checked here', () => {
    const unchecked = [...textOf(page).matchAll(COUNTING)]
      .map(([sentence]) => sentence.trim())
      .filter(
        (sentence) =>
          ![...COUNTS.map(([known]) => known), ...OTHER].some((known) => known.test(sentence)),
      );
    expect(unchecked, 'give the sentence a line in COUNTS').toEqual([]);
  });
});

it('finds the sentences that it is about', () => {
  const all = pages.map(textOf).join('\n');
  for (const sentence of [COUNTS[0], COUNTS[1], COUNTS[2], COUNTS[3], COUNTS[4]]) {
    expect(all).toMatch(sentence[0]);
  }
});
