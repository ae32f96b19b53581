/**
 * `npm run sample [-- FOLDER]`: makes the sample as a file of a release, synthetic-retail-sample-v<version>.zip, with its SHA-256
 * beside it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { main } from '../src/cli/main.ts';
import { processTerminal } from '../src/cli/terminal.ts';
import { WORLD_VERSION } from '../src/store/manifest.ts';
import { zipFolder } from './zip-folder.ts';

const target = process.argv[2] ?? '.';
const name = `synthetic-retail-sample-v${WORLD_VERSION}`;
const work = mkdtempSync(path.join(os.tmpdir(), 'sim-sample-'));
try {
  const folder = path.join(work, 'sample');
  process.exitCode = await main(['sample', '--out', folder], processTerminal());
  if (process.exitCode === 0) {
    const bytes = zipFolder(folder, 'sample');
    const digest = createHash('sha256').update(bytes).digest('hex');
    mkdirSync(target, { recursive: true });
    writeFileSync(path.join(target, `${name}.zip`), bytes);
    writeFileSync(path.join(target, `${name}.zip.sha256`), `${digest}  ${name}.zip\n`);
    process.stdout.write(
      `${path.join(target, name)}.zip: ${bytes.length} bytes, sha256 ${digest}\n`,
    );
  }
} finally {
  rmSync(work, { recursive: true });
}
