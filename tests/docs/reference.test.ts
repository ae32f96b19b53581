/** docs/reference has what the library exports. That every word is fresh, `npm run reference -- --check` tells in CI. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { libraryEntries } from '../../tools/package.ts';

const root = path.resolve(import.meta.dirname, '../..');
const STALE = 'docs/reference is out of date: run "npm run reference" and commit the result';

/** Names in the export lists and declarations of an entry point. */
function exportedNames(code: string): string[] {
  const listed = [...code.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list]) =>
    list.split(',').map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/^.* as /, ''),
    ),
  );
  const declared = [
    ...code.matchAll(/^export (?:async )?(?:const|function|class|interface|type) (\w+)/gm),
  ].map(([, name]) => name);
  return [...new Set([...listed, ...declared])].filter((name) => name !== '').sort();
}

it.each(Object.entries(libraryEntries()))('the exports of %s are all there', (name, source) => {
  const module = name === 'index' ? 'synthetic-retail' : `synthetic-retail/${name}`;
  // A module with namespaces is a folder.
  const pages = [`${module}.md`, `${module}/README.md`].map((page) =>
    path.join(root, 'docs/reference', page),
  );
  const page = pages.find((each) => existsSync(each));
  expect(page, STALE).toBeDefined();
  const text = readFileSync(page ?? '', 'utf8');
  const titles = [...text.matchAll(/^### (.+)$/gm)].map(([, title]) =>
    title.replaceAll('\\', '').replace(/\(\)$|<.*>$/, ''),
  );
  const names = exportedNames(readFileSync(source, 'utf8'));
  expect(names.length).toBeGreaterThan(3);
  expect(titles.sort(), STALE).toEqual(names);
});
