/**
 * The notebook gives what it holds, over the world that its first cell has made. It needs SIM_TEST_PYTHON, an interpreter
 * that has tests/clients/requirements.txt.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { PYTHON } from '../clients/python.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';

interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly { readonly output_type: string }[];
}

const file = path.resolve(import.meta.dirname, '../../examples/world-in-pandas.ipynb');
const { cells } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cells: readonly Cell[] };
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-notebook-'));
afterAll(() => rmSync(base, { recursive: true }));

it('every code cell holds what it gives, and none an error', () => {
  const code = cells.filter(({ cell_type }) => cell_type === 'code');
  expect(code.length).toBeGreaterThan(3);
  for (const { outputs } of code) {
    expect(outputs).toHaveLength(1);
    expect(outputs?.[0].output_type).toMatch(/^(stream|execute_result)$/);
  }
});

it.runIf(PYTHON)('the world of its first cell gives the same again', async () => {
  const [, command] = /npx synthetic-retail (.+)/.exec(cells[0].source.join('')) ?? [];
  const words = command.split(' ').map((word) => (word === 'w' ? path.join(base, 'w') : word));
  const terminal = fakeTerminal();
  expect(await main(words, terminal), terminal.stderr()).toBe(0);
  const script = path.join(import.meta.dirname, 'notebook.py');
  const run = promisify(execFile)(PYTHON ?? '', [script, file], { cwd: base });
  const { stdout } = await run.catch((error) => error);
  expect(stdout).toMatch(/^\d+ cells give what is in the file\s*$/);
});
