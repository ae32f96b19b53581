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
    const usable = name.length <= LONGEST && !clumsy(name);
    if (usable && !UNWANTED_TOWNS.has(name) && !blocked.has(name) && !taken.has(name)) return name;
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

/** Whether the halves meet badly (Hollowwood, Mossstead) or say the same twice (Oakwood Woods). */
function clumsy(name: string): boolean {
  const lower = name.toLowerCase();
  return /([a-z])\1\1|ww|hh|yy|rr[^aeiouy]|(ridge|dale|moor|wood|ford|mill|vale|view)[a-z]* \1/.test(lower);
}

function pick(stream: Substream, words: readonly string[]): string {
  return words[stream.below(words.length)];
}
