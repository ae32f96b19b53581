/** Builds first_names.csv and last_names.csv: coined names, the same on every run. */
import { purposeKey } from '../src/engine/substream.ts';
import { csvText, saveCsv } from './csv-file.ts';
import { FIRST_NAMES, LAST_NAMES, type Syllables, UNWANTED_NAMES } from './name-syllables.ts';

const FIRST_COUNT = 360;
/** English surnames and others. */
const LAST_COUNTS = [300, 140];
const SHORTEST = 4;
const LONGEST = 11;

/** Text of first_names.csv, sorted. */
export function firstNamesCsv(): string {
  return namesCsv('FirstName', coin(FIRST_NAMES, FIRST_COUNT));
}

/** Text of last_names.csv, sorted. */
export function lastNamesCsv(): string {
  const names = LAST_NAMES.flatMap((syllables, kind) => coin(syllables, LAST_COUNTS[kind]));
  return namesCsv('LastName', [...new Set(names)]);
}

/** Writes first_names.csv and last_names.csv. */
export function buildNames(): void {
  saveCsv('first_names.csv', firstNamesCsv());
  saveCsv('last_names.csv', lastNamesCsv());
}

function namesCsv(column: string, names: readonly string[]): string {
  return csvText(
    [column],
    [...names].sort().map((name) => [name]),
  );
}

/** `count` of the names that the syllables can make, chosen by a hash of each. */
function coin({ heads, tails }: Syllables, count: number): string[] {
  const all = new Set(heads.flatMap((head) => tails.map((tail) => head + tail)));
  return [...all]
    .filter((name) => isPronounceable(name) && !UNWANTED_NAMES.has(name))
    .map((name) => ({ name, rank: purposeKey('name', name) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ name }) => name);
}

/** Letters that do not follow each other well, and syllables said twice. */
const CLUMSY = [
  /([a-z])\1\1|dd|gg|hh|kk|mm|ww/,
  /[^aeiouy]{5}|[bmv]w|rrw|vs|shs|ss[ht]|ssey|[^aeioulnr]ss/,
  /(ar|av|el|en|ol|or|ov)\1|lil/,
];

/** Neither too short nor too long, and easy to say. */
function isPronounceable(name: string): boolean {
  const lower = name.toLowerCase();
  const fits = lower.length >= SHORTEST && lower.length <= LONGEST;
  return fits && CLUMSY.every((pattern) => !pattern.test(lower));
}
