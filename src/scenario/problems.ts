/** Describes what is wrong with a scenario file, one line per problem: where, the value, what was expected. */
import type { z } from 'zod';
import { nearest } from '../domain/errors.ts';
import { scenarioShape } from './shape.ts';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

export interface Problem {
  readonly path: Path;
  readonly text: string;
}

/** Returns the problems that the schema finds in a parsed file, one per path. */
export function shapeProblems(raw: unknown, issues: readonly Issue[]): Problem[] {
  const problems = new Map<string, Problem>();
  const add = (path: Path, text: string) => {
    const key = pathText(path);
    if (!problems.has(key)) problems.set(key, { path, text });
  };
  for (const issue of issues.flatMap((found) => leaves(found))) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) add([...issue.path, key], unknownKey(issue.path, key, raw));
    } else {
      add(issue.path, wrongValue(valueAt(raw, issue.path), issue));
    }
  }
  return [...problems.values()];
}

/** Formats a path as `effects[2].factor`. */
export function pathText(path: Path): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text === '' ? 'the file' : text;
}

/** Quotes a value for messages. */
export function quoted(value: unknown): string {
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
}

/** Returns ` (did you mean "stores"?)`, or nothing. */
export function suggestion(word: unknown, candidates: Iterable<string>): string {
  const best = typeof word === 'string' ? nearest(word, candidates) : undefined;
  return best === undefined ? '' : ` (did you mean "${best}"?)`;
}

/** For a value that fits none of several shapes, returns the issues of the most similar shape. */
function leaves(issue: Issue, parent: Path = []): Issue[] {
  const here = { ...issue, path: [...parent, ...issue.path] } as Issue;
  if (here.code !== 'invalid_union' || here.errors.length === 0) return [here];
  const branches = [...here.errors].sort((a, b) => strangeness(a) - strangeness(b));
  if (isWrongType(branches[0])) return [here];
  return branches[0].flatMap((inner) => leaves(inner, here.path));
}

function isWrongType([issue, ...others]: readonly Issue[]): boolean {
  return others.length === 0 && issue.code === 'invalid_type' && issue.path.length === 0;
}

function strangeness(issues: readonly Issue[]): number {
  let strange = issues.length;
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') strange += 100 * issue.keys.length;
  }
  return strange;
}

function wrongValue(value: unknown, issue: Issue): string {
  const found = value === undefined ? 'is missing' : `is ${quoted(value)}`;
  let expected = issue.message;
  let candidates: readonly string[] = [];
  if (issue.code === 'invalid_union' && 'options' in issue) {
    candidates = issue.options as string[];
    expected = `one of ${candidates.join(', ')}`;
  } else if (issue.code === 'invalid_value') {
    candidates = issue.values.map(String);
  }
  return `${found}: expected ${expected}${suggestion(value, candidates)}`;
}

function unknownKey(path: Path, key: string, raw: unknown): string {
  const known = keysOf(schemaAt(scenarioShape(), path, raw));
  const best = nearest(key, known);
  return `is unknown here: ${best === undefined ? `expected ${known.join(', ')}` : `did you mean "${best}"?`}`;
}

/** Returns the schema of the value at a path; where it depends on `kind`, that of the kind in the file. */
function schemaAt(root: Schema, path: Path, raw: unknown): Schema[] {
  let schemas = alternatives(root, raw);
  let value = raw;
  for (const key of path) {
    value = valueAt(value, [key]);
    schemas = schemas.flatMap((schema) => {
      const { def } = schema._zod as unknown as { def: Definition };
      const next = typeof key === 'number' ? def.element : def.shape?.[String(key)];
      return next === undefined ? [] : alternatives(next, value);
    });
  }
  return schemas;
}

interface Definition {
  readonly innerType?: Schema;
  readonly options?: readonly Schema[];
  readonly discriminator?: string;
  readonly element?: Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly values?: readonly unknown[];
}

function alternatives(schema: Schema, value: unknown): Schema[] {
  const def = definition(schema);
  if (def.innerType !== undefined) return alternatives(def.innerType, value);
  if (def.options === undefined) return [schema];
  const { discriminator } = def;
  const options = def.options.filter((option) => {
    if (discriminator === undefined) return true;
    const literal = definition(option).shape?.[discriminator];
    const kind = valueAt(value, [discriminator]);
    return literal !== undefined && definition(literal).values?.includes(kind);
  });
  return options.flatMap((option) => alternatives(option, value));
}

function definition(schema: Schema): Definition {
  return schema._zod.def as unknown as Definition;
}

function keysOf(schemas: readonly Schema[]): string[] {
  return [...new Set(schemas.flatMap((schema) => Object.keys(definition(schema).shape ?? {})))];
}

function valueAt(raw: unknown, path: Path): unknown {
  let value = raw;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}
