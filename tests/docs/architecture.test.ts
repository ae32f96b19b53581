/** ARCHITECTURE.md, CONTRIBUTING.md and SECURITY.md speak of what there is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECIPES } from '../recipes/recipes.ts';
import { filesIn, read } from '../tidy/sources.ts';

const root = path.resolve(import.meta.dirname, '../..');
const architecture = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');
/** What the examples of recipes add. */
const added = RECIPES.flatMap(({ places }) => places.map(({ file }) => file));
const layers = readdirSync(path.join(root, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'])('%s', (file) => {
  const text = readFileSync(path.join(root, file), 'utf8');

  it('names files and folders that exist', () => {
    const named = [...text.matchAll(/\b(?:src|actors|tests|docs|scenarios)\/[\w./*-]+/g)].map(
      ([name]) => name.replace(/[.,]$/, ''),
    );
    expect(named.length).toBeGreaterThan(5);
    const missing = named.filter((name) => !isThere(name) && !added.includes(name));
    expect(missing).toEqual([]);
  });

  it('has links that lead somewhere', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link);
    expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([]);
  });
});

describe('where to look', () => {
  const rows = architecture
    .split('\n')
    .filter((line) => /^\| .*\?.* \|/.test(line))
    .map((line) => ({ line, words: [...line.matchAll(/`([^`]+)`/g)].map(([, word]) => word) }));

  it.each(rows.map(({ line, words }) => [line.split('|')[1].trim(), words] as const))(
    '%s',
    (_, words) => {
      const files = words.filter((word) => word.includes('/'));
      expect(files.length).toBeGreaterThan(0);
      const texts = files.filter((file) => !file.includes('*')).map(read);
      for (const word of words.filter((each) => !files.includes(each))) {
        expect(
          texts.some((text) => new RegExp(`\\b${word}\\b`).test(text)),
          `none of ${files} has ${word}`,
        ).toBe(true);
      }
    },
  );

  it('is a page of questions', () => {
    expect(rows.length).toBeGreaterThan(8);
  });
});

describe('the picture of the layers', () => {
  const picture = architecture.match(/```mermaid\nflowchart TB\n([\s\S]*?)```/)?.[1] ?? '';
  const arrows = [...picture.matchAll(/^ {2}(\w+)(?:\[.*?\])? (?:-->|-\. .*? \.->) (\w+)/gm)];

  it('shows every layer', () => {
    const shown = layers.filter((layer) => new RegExp(`\\b${layer}\\[`).test(picture));
    // Carries errors between threads, and is told of beside the picture.
    expect(layers.filter((layer) => !shown.includes(layer))).toEqual(['threads']);
  });

  it.each(arrows.map(([, from, to]) => [from, to]))('%s does import %s', (from, to) => {
    const folder = (layer: string) => (layer === 'actors' ? 'actors' : `src/${layer}`);
    const imports = filesIn([folder(from)], /\.tsx?$/).some((file) =>
      [...read(file).matchAll(/from '(\.[^']+)'/g)].some(([, target]) =>
        path.posix.join(path.posix.dirname(file), target).startsWith(`${folder(to)}/`),
      ),
    );
    expect(imports).toBe(true);
  });

  it('has the arrows that are checked here', () => {
    expect(arrows.length).toBeGreaterThan(20);
  });
});

/** A file, a folder, or a pattern of files with `*`, without their world's or their line's part. */
function isThere(name: string): boolean {
  if (!name.includes('*')) return existsSync(path.join(root, name));
  const folder = path.join(root, path.dirname(name));
  return (
    existsSync(folder) && readdirSync(folder).some((file) => file.endsWith(path.extname(name)))
  );
}
