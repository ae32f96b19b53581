/** The user gave something that can't be used: shown without a stack, exit code 2. */
export class InputError extends Error {
  /** Tells it apart where `instanceof` can't. */
  override readonly name = 'InputError';

  constructor(message: string, options?: ErrorOptions) {
    super(visible(message), options);
  }
}

/** The machine would not take what was to be written: shown without a stack, with how to mend it. */
export class OutputError extends Error {
  /** Tells it apart where `instanceof` can't. */
  override readonly name = 'OutputError';

  constructor(message: string, options?: ErrorOptions) {
    super(visible(message), options);
  }
}

/** No file can be where the user wants a world: an OutputError that only other input mends, exit code 2. */
export class PlaceError extends OutputError {}

const SHORT_FORMS: Readonly<Record<string, string>> = { '\b': '\\b', '\f': '\\f', '\r': '\\r' };
/** What a terminal would obey or hide: control characters but for line ends and tabs, marks of direction, no-width signs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A message in which nothing is hidden: a stray carriage return shows as `\r`, an escape as `\x1b`. */
export function visible(message: string): string {
  return message.replace(UNSEEN, (sign) => {
    const code = sign.charCodeAt(0);
    const hex = code.toString(16);
    const plain = code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`;
    return SHORT_FORMS[sign] ?? plain;
  });
}

/** Why a thing failed, as one line, whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The candidate nearest to a misspelt word (edit distance at most a third of its length), for suggestions. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
