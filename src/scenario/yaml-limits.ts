/**
 * Limits that a YAML text must satisfy before it is parsed. The parser recurses for each level, and the JavaScript
 * engine ends the whole process if the stack overflows within some of its own steps: no error can be caught there.
 */
import { InputError } from '../domain/errors.ts';

type Yaml = typeof import('yaml');

/** Fifty times the largest scenario. */
const YAML_CHARACTERS = 256 * 1024;
/** Tokens, of which a key has five; the parser compares each key of a map with all others. */
const YAML_TOKENS = 20_000;
/** Nested lists and maps; a scenario has six levels. */
export const YAML_DEPTH = 32;

/**
 * Reads the text token by token, like the parser, and stops at the first limit exceeded.
 * @param file for messages
 * @throws InputError for a text that is too long or too deeply nested
 */
export function requireReadableYaml(yaml: Yaml, text: string, file: string): void {
  if (text.length > YAML_CHARACTERS) {
    throw new InputError(
      `Cannot read ${file}: it has ${text.length} characters, expected at most ${YAML_CHARACTERS}`,
    );
  }
  const parser = new yaml.Parser();
  let [tokens, line] = [0, 1];
  for (const token of new yaml.Lexer().lex(text)) {
    drain(parser.next(token));
    if (++tokens > YAML_TOKENS) {
      throw new InputError(
        `Cannot read ${file}, line ${line}: it has more than ${YAML_TOKENS} words and signs up to here`,
      );
    }
    if (parser.stack.length > YAML_DEPTH) {
      throw new InputError(
        `Cannot read ${file}, line ${line}: it is nested deeper than ${YAML_DEPTH} levels`,
      );
    }
    for (const sign of token) if (sign === '\n') line++;
  }
}

/** Runs the step and ignores its result. */
function drain(step: Iterator<unknown>): void {
  while (step.next().done !== true) {
    // The parser needs its own state.
  }
}

/**
 * Returns whether a value is nested deeper than a number of levels. With aliases, a tree can be deeper than its
 * text,
 * or contain itself.
 */
export function isDeeperThan(
  levels: number,
  value: unknown,
  fine = new Map<object, number>(),
): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if ((fine.get(value) ?? Infinity) <= levels) return false;
  if (Object.values(value).some((part) => isDeeperThan(levels - 1, part, fine))) return true;
  fine.set(value, levels);
  return false;
}
