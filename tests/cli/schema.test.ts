/** `sim schema`: what it prints, what it refuses, and the exit code of a comparison. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { CONTRACT_FORMAT_NAMES } from '../../src/contracts/formats.ts';
import { WORLD_VERSION } from '../../src/store/manifest.ts';
import { schemaJson } from '../../src/tables/schema-json.ts';
import { fakeTerminal } from './fake-terminal.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-schema-'));
afterAll(() => rmSync(base, { recursive: true }));

async function schema(...words: string[]) {
  const terminal = fakeTerminal();
  const code = await main(['schema', ...words], terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

it.each(CONTRACT_FORMAT_NAMES)('prints one table as %s', async (format) => {
  const { code, stdout, stderr } = await schema('receipts', '--format', format);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('receipts');
  expect(stdout).toContain('Subtotal');
  expect(stdout).not.toContain('receipt_lines"');
});

it('describes tables for databases unless an event is named', async () => {
  const all = await schema('--format', 'sql-spark');
  expect(all.stdout).toContain('CREATE TABLE `receipts`');
  expect(all.stdout).not.toContain('receipt_created');
  const event = await schema('receipt_created', '--format', 'sql-spark');
  expect(event.stdout).toContain('CREATE TABLE `receipt_created`');
});

it('names what is near an unknown name', async () => {
  const { code, stdout, stderr } = await schema('recipts');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(
    'There is no table and no type of event "recipts". Did you mean receipts?',
  );
});

it('compares a world with this version, and two files', async () => {
  const world = path.join(base, 'world');
  mkdirSync(path.join(world, 'schema'), { recursive: true });
  writeFileSync(path.join(world, 'schema', 'schema.json'), schemaJson(WORLD_VERSION));
  expect(await schema('diff', world)).toMatchObject({ code: 0, stdout: 'No change.\n' });

  const other = path.join(base, 'other.json');
  const changed = JSON.parse(schemaJson(WORLD_VERSION));
  changed.tables.find(({ name }: { name: string }) => name === 'store_ops').fields.pop();
  writeFileSync(other, JSON.stringify(changed));
  expect(await schema('diff', other)).toMatchObject({
    code: 0,
    stdout: 'fits    store_ops.Operation: added\n',
  });
  expect(await schema('diff', world, other)).toMatchObject({
    code: 1,
    stdout: 'breaks  store_ops.Operation: removed\n',
  });
  const { code, stdout } = await schema('diff', world, other, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    fits: false,
    changes: [{ where: 'store_ops.Operation', what: 'removed', fits: false }],
  });
  const missing = await schema('diff', path.join(base, 'nowhere'));
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('Expected the folder of a world, or a schema.json.');
});
