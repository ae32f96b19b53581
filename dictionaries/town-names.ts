/** Makes up the names of towns. */
import type { Substream } from '../src/engine/substream.ts';
import type { Terrain } from './area.ts';
import {
  ENDINGS,
  FOUNDERS,
  FRENCH,
  ISLAND,
  LAND_WORDS,
  SPANISH,
  STEMS,
  UNWANTED_TOWNS,
} from './town-words.ts';

/** Shares of the three English patterns: Alderbrook, Alderbrook Falls, Brennock Falls. */
const PLAIN = 0.6;
const PLAIN_WITH_WORD = 0.15;
/** In Spanish or French country, so many names are English all the same. */
const ENGLISH_AMONG_OTHERS = 0.4;
const LONGEST = 22;

/** A name that fits the land, is on neither list and not in `taken`. */
export function townName(
  stream: Substream,
  terrain: Terrain,
  taken: ReadonlySet<string>,
  blocked: ReadonlySet<string>,
): string {
  for (;;) {
    const name = draw(stream, terrain);
    const [first] = name.split(' ', 1);
    const real = blocked.has(name) || blocked.has(first) || UNWANTED_TOWNS.has(first);
    if (!real && !taken.has(name) && name.length <= LONGEST && !clumsy(name)) return name;
  }
}

function draw(stream: Substream, terrain: Terrain): string {
  switch (terrain) {
    case 'island':
      return `${pick(stream, ISLAND.firsts)} ${pick(stream, ISLAND.seconds)}`;
    case 'mesa':
      return stream.chance(ENGLISH_AMONG_OTHERS) ? english(stream, 'plains') : spanish(stream);
    case 'bayou':
      return stream.chance(ENGLISH_AMONG_OTHERS) ? english(stream, 'forest') : french(stream);
    default:
      return english(stream, terrain);
  }
}

function english(stream: Substream, terrain: keyof typeof LAND_WORDS): string {
  const pattern = stream.unit();
  const landWord = pick(stream, LAND_WORDS[terrain]);
  const plain = pick(stream, STEMS) + pick(stream, ENDINGS);
  if (pattern < PLAIN) return plain;
  if (pattern < PLAIN + PLAIN_WITH_WORD) return `${plain} ${landWord}`;
  return `${pick(stream, FOUNDERS)} ${landWord}`;
}

function spanish(stream: Substream): string {
  const feminine = stream.chance(0.5);
  const noun = pick(stream, feminine ? SPANISH.feminine : SPANISH.masculine);
  return `${noun} ${pick(stream, SPANISH.adjectives)}${feminine ? 'a' : 'o'}`;
}

function french(stream: Substream): string {
  return `${pick(stream, FRENCH.nouns)} ${pick(stream, FRENCH.names)}`;
}

/** Halves that meet badly (Hollowwood, Mossstead) and words said twice (Oakwood Woods). */
const CLUMSY = [
  /([a-z])\1\1/,
  /ww|hh|rri|llev|lell|vale val/,
  /(ridge|mill|lake|wood|ford|dale|side)s? \1/,
];

function clumsy(name: string): boolean {
  return CLUMSY.some((pattern) => pattern.test(name.toLowerCase()));
}

function pick(stream: Substream, words: readonly string[]): string {
  return words[stream.below(words.length)];
}
