/** The dev container has what CI has. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const container = JSON.parse(read('.devcontainer/devcontainer.json'));
const install = read('.devcontainer/install.sh');
const ci = read('.ci/run');

it('installs every package that CI installs, and the same Deno', () => {
  const [, listed] = /apt-get install -y \\\n +(.+)\n/.exec(install) ?? [];
  const inCi = [
    ...[...ci.matchAll(/missing\+=\(([\w -]+)\)/g)].flatMap(([, names]) => names.split(' ')),
    ...([...ci.matchAll(/for shell in ([\w ]+);/g)][0]?.[1].split(' ') ?? []),
    ...[...ci.matchAll(/apt-get install -y -qq (\w+)/g)].map(([, name]) => name),
  ];
  expect(inCi).toContain('chromium');
  expect(listed.split(' ').sort()).toEqual([...new Set(inCi)].sort());
  const deno = [...`${ci}${install}`.matchAll(/deno@[\d.]+/g)].map(([version]) => version);
  expect(deno.length).toBeGreaterThan(2);
  expect(new Set(deno).size).toBe(1);
});

it('has the Python of the tests where they look for it, and the Node of the floor', () => {
  const { image, containerEnv, postCreateCommand } = container;
  expect(containerEnv.SIM_TEST_PYTHON).toBe(`\${containerWorkspaceFolder}/.ci/venv/bin/python`);
  expect(install).toContain('python3 -m venv .ci/venv');
  const { engines } = JSON.parse(read('package.json'));
  expect(engines.node).toMatch(new RegExp(`^>=${/-node:(\d+)-/.exec(image)?.[1]}\\.`));
  expect(statSync(path.join(root, postCreateCommand)).isFile()).toBe(true);
});
