/** The tools, asked by the SDK's own client over the pipes of a real process. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const base = mkdtempSync(path.join(os.tmpdir(), 'sim-mcp-'));
const worlds = path.join(base, 'worlds');
const client = new Client({ name: 'test', version: '1' });

beforeAll(async () => {
  const args = ['--import', 'tsx', path.join(ROOT, 'src/cli.ts'), 'mcp', '--worlds', worlds];
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, cwd: ROOT, stderr: 'ignore' }),
  );
}, 120_000);
afterAll(async () => {
  await client.close();
  rmSync(base, { recursive: true, force: true });
});

interface Said {
  readonly text: string;
  readonly isError: boolean;
}

async function call(name: string, input: Record<string, unknown> = {}): Promise<Said> {
  const { content, isError = false } = await client.callTool(
    { name, arguments: input },
    { timeout: 300_000 },
  );
  const [first] = content as { type: string; text: string }[];
  return { text: first.text, isError };
}

describe('an assistant', () => {
  it('learns what each tool takes, and which of them write', async () => {
    const { tools } = await client.listTools();
    const writing = tools.filter(({ annotations }) => annotations?.readOnlyHint === false);
    expect(writing.map(({ name }) => name)).toEqual(['generate']);
    for (const { name, description, inputSchema } of tools) {
      expect(description, name).toMatch(/\.$/);
      expect(inputSchema.type).toBe('object');
    }
  });

  it('learns of scenarios and tables', async () => {
    expect((await call('list_scenarios')).text).toContain('disruption: ');
    expect(
      JSON.parse((await call('describe_scenario', { name: 'disruption' })).text),
    ).toMatchObject({ trial: { days: 11 } });
    expect((await call('describe_tables')).text).toContain('sales (view): ');
    expect((await call('describe_tables', { names: ['receipts'] })).text).toContain('`Subtotal`');
    expect(await call('describe_tables', { names: ['recipes'] })).toMatchObject({ isError: true });
  });

  it('makes a world only when it confirms, asks for its best sellers, and verifies it', async () => {
    const wanted = { world: 'shop', preset: 'small', seed: 3, days: 1, from: '2024-03-04' };
    const asked = await call('generate', wanted);
    expect(asked.isError).toBe(false);
    expect(asked.text).toMatch(/would generate the world "shop".*\n1 days from .*rows/);
    expect(existsSync(worlds)).toBe(false);

    const made = await call('generate', { ...wanted, confirm: true });
    expect(made.isError, made.text).toBe(false);
    expect(made.text).toContain('The world "shop" reaches 2024-03-05T00:00:00.000Z');
    expect(readdirSync(worlds)).toEqual(['shop']);
    expect(JSON.parse((await call('list_worlds')).text)).toMatchObject([{ name: 'shop', seed: 3 }]);

    const best = await call('query', {
      world: 'shop',
      sql: 'SELECT ProductName, sum(Qty) AS units FROM sales GROUP BY ALL ORDER BY units DESC LIMIT 10',
    });
    expect(JSON.parse(best.text).rows).toHaveLength(10);
    expect((await call('verify', { world: 'shop' })).text).toMatch(/All \d+ checks hold/);
  }, 300_000);

  it('is told what is wrong with its input, and sees nothing outside the folder', async () => {
    for (const [name, input, message] of [
      ['query', { world: 'nowhere', sql: 'SELECT 1' }, 'There is no world "nowhere"'],
      ['query', { world: '../shop', sql: 'SELECT 1' }, 'expected a name of letters'],
      ['query', { world: 'shop', sql: 'DROP VIEW sales' }, 'a world is only read'],
      ['query', { world: 'shop', sql: "FROM read_text('/etc/hosts')" }, 'Cannot answer the query'],
      ['generate', { world: '..', confirm: true }, 'expected a name of letters'],
      ['describe_scenario', { name: 'nothing' }, 'Unknown scenario'],
    ] as const) {
      const said = await call(name, input);
      expect(said.isError, said.text).toBe(true);
      expect(said.text).toContain(message);
    }
    const files = await call('describe_scenario', { name: '../../etc/passwd' }).catch((error) => ({
      isError: true,
      text: String(error),
    }));
    expect(files.isError).toBe(true);
  });
});
