/** `sim sample`: the same bytes everywhere, and a file of a release that is the same too. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { zipFolder } from '../../tools/zip-folder.ts';
import { digests } from '../run/digests.ts';
import { startSim } from '../run/sim-process.ts';
import { readRecorded } from './recorded.ts';
import { sampleDigest } from './worlds.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-sample-'));
const folder = path.join(base, 'sample');
let printed: string;
beforeAll(async () => {
  printed = await sampleDigest(folder);
}, 240_000);
afterAll(() => rmSync(base, { recursive: true }));

it('is what was recorded for this version of the world', () => {
  expect(printed).toBe(readRecorded().sample);
});

it('is Parquet, and answers questions', { timeout: 60_000 }, async () => {
  const tables = digests(folder).filter((line) => /^(master|facts|closing)[\\/]/.test(line));
  expect(tables.length).toBeGreaterThan(500);
  expect(tables.filter((line) => !line.includes('.parquet '))).toEqual([]);
  const sql = 'SELECT count(DISTINCT EventTS::DATE) FROM receipts';
  const { stdout } = await startSim(['query', sql, '--out', folder, '--format', 'csv']).ended;
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('14');
});

it('is not made twice', { timeout: 60_000 }, async () => {
  const before = digests(folder);
  const { code, stdout, stderr } = await startSim(['sample', '--out', folder]).ended;
  expect({ code, stdout }).toEqual({ code: 0, stdout: `sha256 ${printed}\n` });
  expect(stderr).toContain(`It is in "${folder}" already.`);
  expect(digests(folder)).toEqual(before);
});

it('is the same as a ZIP file, with every file as it is', { timeout: 60_000 }, () => {
  const bytes = zipFolder(folder, 'sample');
  expect(Buffer.from(zipFolder(folder, 'sample')).equals(bytes)).toBe(true);
  const inside = unzipSync(bytes);
  const names = digests(folder).map((line) => line.replace(/ \w+$/, '').replaceAll(path.sep, '/'));
  expect(Object.keys(inside).sort()).toEqual(names.map((name) => `sample/${name}`).sort());
  const stores = 'master/stores.parquet';
  expect(Buffer.from(inside[`sample/${stores}`])).toEqual(readFileSync(path.join(folder, stores)));
});
