import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from '../../src/domain/make-folder.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'make-folder-'));
afterAll(() => rmSync(base, { recursive: true }));

it('makes a folder with those above it, and tells the topmost that was not there', () => {
  const deep = path.join(base, 'a', 'b', 'c');
  expect(makeFolder(deep)).toBe(path.join(base, 'a'));
  expect(statSync(deep).isDirectory()).toBe(true);
  expect(makeFolder(deep)).toBeUndefined();
  expect(makeFolder(path.join(deep, 'd'))).toBe(path.join(deep, 'd'));
  expect(makeFolder(path.parse(base).root)).toBeUndefined();
});

it('fails with the reason of the system', () => {
  const file = path.join(base, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow(/EEXIST/);
  expect(() => makeFolder(path.join(file, 'x'))).toThrow(/ENOTDIR|ENOENT/);
});

it('goes on when another one removes a folder above in between', () => {
  const above = path.join(base, 'gone');
  let removals = 3;
  makeFolder(path.join(above, 'x'), (folder) => {
    if (folder.endsWith('x') && existsSync(above) && removals-- > 0)
      rmSync(above, { recursive: true });
    mkdirSync(folder);
  });
  expect(existsSync(path.join(above, 'x'))).toBe(true);
});

it('gives up where a folder takes no other', () => {
  let calls = 0;
  const refuse = () => {
    calls++;
    throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  };
  expect(() => makeFolder(path.join(base, 'x'), refuse)).toThrow('ENOENT');
  expect(calls).toBeLessThan(1000);
});

it('is how every module makes folders', () => {
  const root = path.resolve(import.meta.dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /\.(ts|tsx|mjs)$/.test(name))) {
    expect(readFileSync(path.join(root, file), 'utf8'), file).not.toMatch(
      /mkdir\w*\(.*recursive: true/,
    );
  }
});
