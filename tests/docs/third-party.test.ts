/** Licences of other packages: known, and those of what is installed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  installedAs,
  installedPackages,
  isPermissive,
  licenceText,
  packagesNamed,
} from '../../docs/licences.ts';
import { packagesOfPage } from '../../src/api/page-bundle.ts';

const root = path.resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const installed = installedPackages();
const page = packagesNamed(packagesOfPage());

it('every dependency is listed, optional where it is, and none of development', () => {
  const own = new Map(installed.map((one) => [one.name, one]));
  // A package may be there in a second version, which another one needs.
  for (const [name, version] of Object.entries(manifest.dependencies)) {
    expect(installed).toContainEqual(expect.objectContaining({ name, version, isOptional: false }));
  }
  for (const [name, version] of Object.entries(manifest.optionalDependencies)) {
    expect(installed).toContainEqual(expect.objectContaining({ name, version, isOptional: true }));
  }
  for (const name of ['vitest', 'esbuild', 'tsx', 'preact']) expect(own.has(name)).toBe(false);
  // What a dependency needs, such as a binary for another machine.
  expect(own.get('@duckdb/node-bindings-win32-x64')).toMatchObject({ isOptional: true });
  expect(own.get('rhea-promise')).toMatchObject({ isOptional: true });
  expect(own.get('tdigest')).toMatchObject({ isOptional: false });
});

it('versions and licences are those of what is installed', () => {
  let compared = 0;
  for (const one of [...installed, ...page]) {
    const there = installedAs(one);
    if (there === undefined) continue;
    compared++;
    expect([there.version, there.license], one.name).toEqual([one.version, one.licence]);
  }
  expect(compared).toBeGreaterThan(50);
});

it('the page is made of packages whose licences come with it', () => {
  expect(page.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['@fontsource-variable/inter', 'd3-geo', 'preact', 'uplot', 'us-atlas']),
  );
  for (const one of page) expect(licenceText(one), one.name).toMatch(/copyright/i);
});

describe('a licence', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['GPL-2.0-only OR Apache-2.0', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['(MIT OR GPL-3.0-only) AND Apache-2.0', false],
    ['GPL-3.0-only', false],
    ['AGPL-3.0', false],
    ['SEE LICENSE IN LICENSE.txt', false],
    ['unknown', false],
    ['', false],
  ])('%s is permissive: %s', (expression, expected) => {
    expect(isPermissive(expression)).toBe(expected);
  });
});
