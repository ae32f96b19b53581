/** Before the first test: the program is bundled once for all that start it as a process. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleProgram } from './helpers/bundle.ts';

export default async function setUp(): Promise<() => void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-bundle-'));
  const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
  process.env.SIM_TEST_BUNDLE = await bundleProgram(path.join(folder, 'bundle'), cli);
  return () => rmSync(folder, { recursive: true });
}
