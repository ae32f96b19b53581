#!/usr/bin/env node
// No syntax newer than Node.js 12, so that an old version can report that it is too old.
import { existsSync } from 'node:fs';

const FLOOR = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
/** The repository runs from its sources, which the package doesn't have. */
const sources = new URL('./cli.ts', import.meta.url);
if (major < FLOOR[0] || (major === FLOOR[0] && minor < FLOOR[1])) {
  process.stderr.write(
    `error: sim needs Node.js ${FLOOR.join('.')} or newer, and this is ${process.versions.node}. ` +
      'Install a newer one from https://nodejs.org, or with a version manager: nvm install 22.\n',
  );
  process.exitCode = 2;
} else {
  const started = existsSync(sources)
    ? import('tsx/esm/api').then((tsx) => tsx.tsImport(sources.href, import.meta.url))
    : import('../dist/cli.js');
  started.catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  });
}
