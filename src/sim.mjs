#!/usr/bin/env node
// In syntax that old versions of Node.js know, so that they can say that they are too old.
var floor = [20, 19];
var version = process.versions.node.split('.').map(Number);
if (version[0] < floor[0] || (version[0] === floor[0] && version[1] < floor[1])) {
  console.error(
    'error: sim needs Node.js ' +
      floor.join('.') +
      ' or newer, and this is ' +
      process.versions.node +
      '. ' +
      'Install a newer one from https://nodejs.org, or with a version manager: nvm install 22.',
  );
  process.exitCode = 2;
} else {
  import('tsx/esm/api')
    .then(function (tsx) {
      return tsx.tsImport('./cli.ts', import.meta.url);
    })
    .catch(function (error) {
      console.error(error);
      process.exitCode = 1;
    });
}
