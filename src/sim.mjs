#!/usr/bin/env node
// No syntax newer than Node.js 12, so that an old version can report that it is too old.
const FLOOR = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < FLOOR[0] || (major === FLOOR[0] && minor < FLOOR[1])) {
  process.stderr.write(
    `error: sim needs Node.js ${FLOOR.join('.')} or newer, and this is ${process.versions.node}. ` +
      'Install a newer one from https://nodejs.org, or with a version manager: nvm install 22.\n',
  );
  process.exitCode = 2;
} else {
  import('tsx/esm/api')
    .then((tsx) => tsx.tsImport('./cli.ts', import.meta.url))
    .catch((error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exitCode = 1;
    });
}
