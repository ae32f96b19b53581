import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutputError } from '../../src/domain/errors.ts';
import { writeFileAtomic } from '../../src/tables/atomic-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeFileAtomic', () => {
  it.each([
    ['text', 'ä\n'],
    ['bytes', Buffer.from('ä\n')],
    ['pieces of both', ['ä', Buffer.from('\n')]],
  ])('writes %s, in folders that it makes, and nothing else', (_, content) => {
    const file = path.join(folder, 'a', 'b', 'file');
    writeFileAtomic(file, 'older and longer');
    writeFileAtomic(file, content);
    expect(readFileSync(file, 'utf8')).toBe('ä\n');
    expect(readdirSync(path.dirname(file))).toEqual(['file']);
  });

  it.skipIf(process.platform === 'win32')('gives the rights that are asked for', () => {
    const file = path.join(folder, 'file');
    // One that a crash left behind.
    writeFileSync(`${file}.tmp`, '', { mode: 0o644 });
    writeFileAtomic(file, 'a', 0o600);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('names the file and what stands in its way', () => {
    writeFileSync(path.join(folder, 'a'), '');
    const file = path.join(folder, 'a', 'file');
    expect(() => writeFileAtomic(file, '')).toThrow(OutputError);
    expect(() => writeFileAtomic(file, '')).toThrow(`Cannot write "${file}": a file is`);
  });

  it('keeps the old file when the new one can not take its place', () => {
    const file = path.join(folder, 'file');
    mkdirSync(path.join(file, 'full'), { recursive: true });
    expect(() => writeFileAtomic(file, 'new')).toThrow(OutputError);
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
