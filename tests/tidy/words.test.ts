/** One word, one meaning (ARCHITECTURE.md, Words): no name gives one of these words a second one. */
import { expect, it } from 'vitest';
import { filesIn, read } from './sources.ts';

it.each([
  // The live view: the page, what the server sends to it, and the regions in it.
  [
    'live',
    /\b(?:[a-z]+Live|Live[A-Z]|live[A-Z]|[A-Z][a-z]+Live[A-Z])\w*/g,
    /^src\/(?:api|page)\/|live-view\.ts$|region-simulation\.ts$/,
  ],
  // The engine is the folder src/engine, which exports no Engine.
  ['engine', /\b[A-Za-z]*Engine\b/g, /^$/],
])('%s is in names of one meaning', (_word, name, files) => {
  const sources = filesIn(['src', 'actors'], /\.tsx?$/);
  expect(sources.length).toBeGreaterThan(500);
  const strays = sources.flatMap((file) => {
    if (files.test(file)) return [];
    const code = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'/g, '');
    return [...code.matchAll(name)].map(([found]) => `${file}: ${found}`);
  });
  expect(strays).toEqual([]);
});
