/** Values that must never be seen: how they are carried, and how any text is freed of them. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';
import { visible } from './errors.ts';

export const MASK = '***';
/** Shorter pieces would blot out innocent text. */
const SHORTEST = 6;
/** Texts that are remembered; beyond them whatever was not used for the longest time is forgotten. */
const MOST = 1000;

/** Secrets in every form in which they may turn up. */
class Register {
  private readonly forms = new Map<string, readonly string[]>();
  private sorted: readonly string[] | undefined;

  remember(text: string): void {
    const known = this.forms.get(text);
    this.forms.delete(text);
    this.forms.set(text, known ?? formsOf(text));
    const [oldest] = this.forms.keys();
    if (this.forms.size > MOST) this.forms.delete(oldest);
    if (known === undefined) this.sorted = undefined;
  }

  /** The longest first: a key within a connection string must not leave the rest of it behind. */
  get longestFirst(): readonly string[] {
    this.sorted ??= longestFirst([...this.forms.values()].flat());
    return this.sorted;
  }
}

/** What this process has met, but for what came with a request and is not kept. */
const lasting = new Register();
const passing = new AsyncLocalStorage<Register | undefined>();

/** Secrets that are met in here are known in here alone: whoever sends texts must not fill the memory. */
export function withPassingSecrets<Result>(work: () => Result): Result {
  return passing.run(new Register(), work);
}

/** Secrets that are met in here are known for good, also within `withPassingSecrets`. */
export function withLastingSecrets<Result>(work: () => Result): Result {
  return passing.run(undefined, work);
}

/** What stands for a key in an example: `…`, `...`, `<key>`. Help that shows where one goes stays readable. */
const EXAMPLE = String.raw`(?:…|\.{3}(?![\w.~+/=-])|<[a-z ]{1,30}>)`;
const SCHEME = String.raw`(?:(?:Bearer|Basic|SharedAccessSignature)\s+)?`;

/** What keys and tokens look like wherever they come from, known or not. */
const PATTERNS: readonly RegExp[] = [
  String.raw`(SharedAccessKey\s*=\s*)(?!${EXAMPLE})[^;\s"'&]+`,
  String.raw`(SharedAccessSignature\s*=\s*)(?!${EXAMPLE})[^;"'\n]+`,
  String.raw`(SharedAccessSignature\s+sr=)(?!${EXAMPLE})[^\s"',;]+`,
  String.raw`([?&;\s"']sig=)(?!${EXAMPLE})[^&\s"';]+`,
  String.raw`(AccountKey\s*=\s*)(?!${EXAMPLE})[^;\s"'&]+`,
  String.raw`(Authorization["']?\s*[:=]\s*["']?)(?!${SCHEME}${EXAMPLE})${SCHEME}[^\s"',;]+`,
  String.raw`(\bBearer\s+)(?!${EXAMPLE})[\w.~+/=-]+`,
  // Name and password in an address.
  String.raw`(:\/\/)[^\s/"'@:]*:[^\s/"'@]+(?=@)`,
].map((pattern) => new RegExp(pattern, 'gi'));

/** A secret text: it shows as `***` however it is printed; only `reveal` gives it away. */
export class Secret {
  readonly #text: string;
  readonly #parts: readonly string[];

  /** @param parts pieces of the text that are secret by themselves, such as the key in a connection string */
  constructor(text: string, parts: readonly string[] = []) {
    this.#text = text;
    this.#parts = parts;
    this.#remember();
  }

  /** The text itself, for the one who needs it; never for a message. */
  reveal(): string {
    // What is used may turn up.
    this.#remember();
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

  #remember(): void {
    for (const part of [this.#text, ...this.#parts]) remember(part);
  }
}

function remember(text: string): void {
  if (text.length < SHORTEST) return;
  (passing.getStore() ?? lasting).remember(text);
}

function formsOf(text: string): readonly string[] {
  // Half a surrogate pair has no form in a URL.
  const url = encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
  return [...new Set([text, url, JSON.stringify(text).slice(1, -1), visible(text)])];
}

function longestFirst(texts: readonly string[]): readonly string[] {
  return [...texts].sort((a, b) => b.length - a.length);
}

/** Whether a text looks as if it held a key or a token, known or not. */
export function looksSecret(text: string): boolean {
  return PATTERNS.some((pattern) => text.search(pattern) >= 0);
}

/** The text with every known secret, and whatever looks like one, masked. */
export function redact(text: string): string {
  let clean = text;
  const here = passing.getStore()?.longestFirst ?? [];
  const known = lasting.longestFirst;
  for (const secret of here.length === 0 ? known : longestFirst([...known, ...here])) {
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
