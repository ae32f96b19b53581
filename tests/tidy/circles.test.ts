import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesIn, importsOf } from './import-circles.ts';

const root = path.resolve(import.meta.dirname, '../..');
const sources = ['src', 'actors'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|mjs)$/.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
);
const imports = new Map(
  sources.map((file) => [file, importsOf(file, readFileSync(path.join(root, file), 'utf8'))]),
);

describe('the imports of src and actors', () => {
  it('contain no circle, of values or of types', () => {
    expect(circlesIn(imports)).toEqual([]);
  });

  it('are found: nearly all lead to an existing file', () => {
    const targets = [...imports.values()].flat();
    const known = targets.filter((target) => imports.has(target));
    expect(known.length).toBeGreaterThan(1000);
    expect(known.length).toBeGreaterThan(0.98 * targets.length);
  });
});

describe('the search for circles', () => {
  it('reads imports of every kind', () => {
    const code = [
      "import './a.ts';",
      "import { b } from '../b.ts';",
      "import type { C } from './c.ts';",
      "export { d } from './d.ts';",
      "const e = await import('./e.ts');",
      "type F = import('./f.ts').F;",
      "import path from 'node:path';",
      "import {\n  g,\n} from './g.ts';",
    ].join('\n');
    const names = importsOf('src/x/file.ts', code);
    expect(names).toEqual(
      ['a', 'c', 'd', 'e', 'f', 'g'].map((n) => `src/x/${n}.ts`).toSpliced(1, 0, 'src/b.ts'),
    );
  });

  it('names the shortest circle of each group', () => {
    const graph = { a: ['b'], b: ['c', 'a'], c: ['a'], d: ['d'], e: ['a', 'd'], f: [] };
    expect(circlesIn(new Map(Object.entries(graph)))).toEqual([
      'a → b → a',
      'c → a → b → c',
      'd → d',
    ]);
  });
});
