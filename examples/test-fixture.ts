/** A world for each test of your own program: the same in every run, and removed at the end. After the first one it takes less than a second. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'synthetic-retail';
import { TINY, temporaryFolder } from './tiny-world.ts';

/** Runs a test over a world of its own: a day in the life of two stores, as CSV files. */
async function withWorld(seed: number, test: (folder: string) => void): Promise<void> {
  const { folder, remove } = temporaryFolder();
  try {
    await generate({ ...TINY, seed }, { out: folder, from: '2024-03-01', days: 1, workers: 1 });
    test(folder);
  } finally {
    remove();
  }
}

/** The program that is tested: what was sold in all, in cents. */
function revenueCents(folder: string): number {
  const day = path.join(folder, 'facts/receipts/dt=2024-03-01');
  const texts = readdirSync(day).map((part) => readFileSync(path.join(day, part), 'utf8'));
  const rows = texts.flatMap((text) => text.trimEnd().split('\n').slice(1));
  return rows.reduce((sum, row) => sum + Math.round(Number(row.split(',')[7]) * 100), 0);
}

await withWorld(1, (folder) => {
  assert.ok(revenueCents(folder) > 0);
  console.log(`a day of world 1 brings ${revenueCents(folder) / 100}`);
});
await withWorld(2, (folder) => {
  assert.ok(revenueCents(folder) > 0);
  console.log(`a day of world 2 brings ${revenueCents(folder) / 100}`);
});
