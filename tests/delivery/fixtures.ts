/** Folders of tests; what publishes in them is in publishing.ts, which processes without tests use. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'stream-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export * from './publishing.ts';
