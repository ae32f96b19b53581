import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { GENERATED } from '../../docs/generated.ts';
import { partFile } from '../../src/sinks/csv/part-files.ts';

const root = path.resolve(import.meta.dirname, '../..');
const documents = Object.keys(GENERATED);
const onDisk = (file: string) => readFileSync(path.join(root, file), 'utf8');

it.each(documents)('%s is what the code says', (file) => {
  const same = onDisk(file) === GENERATED[file]();
  expect(same, `${file} is out of date: run "npm run docs" and commit the result`).toBe(true);
});

// The list of packages names no page.
it.each(documents.filter((file) => file.endsWith('.md') && file !== 'THIRD_PARTY.md'))(
  'every link in %s leads somewhere',
  (file) => {
    const links = [...onDisk(file).matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(20);
    const broken = links.filter((link) => {
      const [target, anchor] = link.split('#');
      const linked = target === '' ? file : path.join(path.dirname(file), target);
      if (!existsSync(path.join(root, linked))) return true;
      return anchor !== undefined && !anchorsOf(onDisk(linked)).includes(anchor);
    });
    expect(broken).toEqual([]);
  },
);

it('the data dictionary names the files as the sinks do', () => {
  const files = partFile('facts', 'receipts', 'YYYY-MM-DD', 7).replaceAll(path.sep, '/');
  expect(GENERATED['docs/data-dictionary.md']()).toContain(
    files.replace('part-7', 'part-<region>'),
  );
});

/** Anchors of headings, as GitHub makes them. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
