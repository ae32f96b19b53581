/** Values that must never be seen: how they are carried, and how any text is freed of them. */
import { inspect } from 'node:util';

export const MASK = '***';
/** Shorter pieces would blot out innocent text. */
const SHORTEST = 6;
/** Every form of every secret that this process has met. */
const known = new Set<string>();

/** What keys and tokens look like wherever they come from, known or not. */
const PATTERNS: readonly RegExp[] = [
  /(SharedAccessKey\s*=\s*)[^;\s"'&]+/gi,
  /(SharedAccessSignature\s*=\s*)[^;"'\n]+/gi,
  /(SharedAccessSignature\s+sr=)[^\s"',;]+/gi,
  /([?&;\s"']sig=)[^&\s"';]+/gi,
  /(AccountKey\s*=\s*)[^;\s"'&]+/gi,
  /(Authorization["']?\s*[:=]\s*["']?)(?:(?:Bearer|Basic|SharedAccessSignature)\s+)?[^\s"',;]+/gi,
  /(\bBearer\s+)[\w.~+/=-]+/gi,
];

/** A secret text: it shows as `***` however it is printed; only `reveal` gives it away. */
export class Secret {
  readonly #text: string;

  /** @param parts pieces of the text that are secret by themselves, such as the key in a connection string */
  constructor(text: string, parts: readonly string[] = []) {
    this.#text = text;
    for (const part of [text, ...parts]) remember(part);
  }

  /** The text itself, for the one who needs it; never for a message. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

function remember(text: string): void {
  if (text.length < SHORTEST) return;
  known.add(text);
  known.add(encodeURIComponent(text));
  known.add(JSON.stringify(text).slice(1, -1));
}

/** The text with every known secret, and whatever looks like one, masked. */
export function redact(text: string): string {
  let clean = text;
  // The longest first: a key within a connection string must not leave the rest of it behind.
  for (const secret of [...known].sort((a, b) => b.length - a.length)) {
    if (clean.includes(secret)) clean = clean.replaceAll(secret, MASK);
  }
  for (const pattern of PATTERNS) clean = clean.replace(pattern, `$1${MASK}`);
  return clean;
}

/** An error that says the same, message, stack and causes freed of secrets; `name` and `code` are kept. */
export function redactError(error: unknown, depth = 0): Error {
  const given = error instanceof Error ? error : new Error(String(error));
  const clean = new Error(redact(given.message));
  clean.name = given.name;
  clean.stack = redact(given.stack ?? '');
  const { code } = given as { code?: unknown };
  if (typeof code === 'string' || typeof code === 'number') Object.assign(clean, { code });
  // Chains are short; a ring of causes must end somewhere.
  if (given.cause !== undefined && depth < 5) clean.cause = redactError(given.cause, depth + 1);
  return clean;
}
