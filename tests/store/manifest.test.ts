import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Manifest, manifestText, readManifest } from '../../src/store/manifest.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sim-manifest-'));
const file = path.join(folder, 'manifest.json');
afterAll(() => rmSync(folder, { recursive: true }));

const manifest: Manifest = {
  worldVersion: 1,
  seed: 42,
  startMs: Date.UTC(2024, 0, 1),
  config: { 'volume.stores': 4, 'volume.dc_initial_inventory_min': 500 },
  dictionaries: 'a'.repeat(64),
  scenarios: [{ name: 'holiday', sha256: 'b'.repeat(64) }],
  committedMs: Date.UTC(2024, 0, 6, 13, 37, 11, 250),
  regions: [
    {
      id: 1,
      file: 'region-1@1704548231250.ckpt',
      sha256: 'c'.repeat(64),
      openParts: [{ table: 'receipts', dt: '2024-01-06', bytes: 1234 }],
    },
  ],
};

it('reads what it wrote', () => {
  writeFileSync(file, manifestText(manifest));
  expect(readManifest(file)).toEqual(manifest);
  expect(readManifest(path.join(folder, 'none.json'))).toBeUndefined();
});

it('refuses a manifest in which any one byte has changed, or that was cut off', () => {
  const whole = Buffer.from(manifestText(manifest));
  for (let at = 0; at < whole.length; at++) {
    const damaged = Buffer.from(whole);
    damaged[at] ^= 1;
    writeFileSync(file, damaged);
    expect(() => readManifest(file), `byte ${at}`).toThrow(/is damaged, or not a manifest/);
    if (at % 50 !== 0) continue;
    writeFileSync(file, whole.subarray(0, at));
    expect(() => readManifest(file), `cut at ${at}`).toThrow(/is damaged, or not a manifest/);
  }
});
