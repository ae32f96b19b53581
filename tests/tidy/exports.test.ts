/** Every export is imported somewhere, since readers look for the users of an export. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, read } from './sources.ts';

const files = [
  ...filesIn(['src', 'actors', 'docs', 'dictionaries', 'tests'], /\.(tsx?|mjs)$/),
  'vitest.config.ts',
];
/** What users of the package import, and what tools load. */
const ENTRY_POINTS: ReadonlySet<string> = new Set(['vitest.config.ts', ...publicFiles()]);
/** Files that hold the text of exports: patches of recipes, a module that a bundler makes up. */
const WRITES_CODE = /^tests\/(recipes\/|helpers\/bundle\.ts$)/;

const imported = new Map<string, Set<string>>();
for (const file of files) {
  for (const { target, names } of importsOf(read(file))) {
    const from = path.posix.join(path.posix.dirname(file), target);
    const known = imported.get(from) ?? new Set();
    imported.set(from, known);
    for (const name of names) known.add(name);
  }
}

describe('exports', () => {
  const own = files.filter((file) => !ENTRY_POINTS.has(file) && !WRITES_CODE.test(file));
  it.each(own)('of %s are all imported', (file) => {
    const text = read(file);
    const known = imported.get(file) ?? new Set();
    const dead = exportsOf(text).filter(({ name, isType }) => {
      if (known.has(name) || known.has('*')) return false;
      // The type of something that is exported belongs to it.
      return !isType || countOf(text, name) === 1;
    });
    expect(dead.map(({ name }) => name)).toEqual([]);
  });
});

interface Import {
  readonly target: string;
  /** `*` for all that there is. */
  readonly names: readonly string[];
}

function importsOf(text: string): Import[] {
  const found: Import[] = [];
  const fixed = /^(?:import|export)\s+(?:type\s+)?([\w*{][^;]*?)\s+from\s+'(\.[^']+)'/gm;
  for (const [, what, target] of text.matchAll(fixed)) {
    const names = namesOf(what.match(/\{([^}]*)\}/)?.[1] ?? '').map(([name]) => name);
    if (what.includes('*')) names.push('*');
    found.push({ target, names });
  }
  for (const [, target] of text.matchAll(/(?:import|tsImport)\(\s*'(\.[^']+)'/g)) {
    found.push({ target, names: ['*'] });
  }
  return found;
}

interface Export {
  readonly name: string;
  readonly isType: boolean;
}

function exportsOf(text: string): Export[] {
  const declared =
    /^export (?:declare |abstract |async )*(const|let|function\*?|class|interface|type|enum) (\w+)/gm;
  const found = [...text.matchAll(declared)].map(([, kind, name]) => ({
    name,
    isType: kind === 'interface' || kind === 'type',
  }));
  for (const [, list] of text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)) {
    for (const [, name] of namesOf(list)) found.push({ name, isType: false });
  }
  return found;
}

/** Names of a list in braces: what each is called there, and here. */
function namesOf(list: string): [there: string, here: string][] {
  return list
    .split(',')
    .map((part) => part.trim().replace(/^type /, ''))
    .filter((part) => part !== '')
    .map((part) => {
      const [there, here = there] = part.split(' as ');
      return [there, here];
    });
}

function countOf(text: string, name: string): number {
  return text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
}

/** Files that package.json and deno.json offer to others. */
function publicFiles(): string[] {
  const offered = ['package.json', 'deno.json'].flatMap((file) =>
    leavesOf(JSON.parse(read(file)).exports),
  );
  return offered.map((file) => path.posix.normalize(file));
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}
