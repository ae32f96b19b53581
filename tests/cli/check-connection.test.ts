/** `sim check-connection`, and that no path of it shows a key. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { testHub } from '../hub/clients.ts';
import { refusingService } from '../delivery/refusing-service.ts';
import { fakeTerminal } from './fake-terminal.ts';

const CANARY = 'canaryKey0123456789+/canary==';
const VARIABLE = 'AZURE_EVENTHUB_CONNECTION_STRING';
const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-check-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.unstubAllEnvs();
});

const at = (host: string, rest = '') =>
  `Endpoint=sb://${host};SharedAccessKeyName=send;SharedAccessKey=${CANARY};${rest}`;

async function check(realtime: object, ...flags: string[]) {
  const file = path.join(folder, 'config.json');
  writeFileSync(file, JSON.stringify({ realtime }));
  const terminal = fakeTerminal();
  const code = await main(['check-connection', '--config', file, ...flags], terminal);
  const [stdout, stderr] = [terminal.stdout(), terminal.stderr()];
  expect(stdout + stderr).not.toContain('canary');
  return { code, stdout, stderr };
}

describe('offline', () => {
  it('shows source, service, host, event hub and the name of the key', async () => {
    const { code, stdout } = await check({
      azure_connection_string: at('shop.servicebus.windows.net/', 'EntityPath=sales'),
    });
    expect(code).toBe(0);
    expect(stdout).toContain('Source     config file (realtime.azure_connection_string)');
    expect(stdout).toContain('Service    Azure Event Hubs');
    expect(stdout).toContain('Event hub  sales');
    expect(stdout).toContain('Access     key "send"');
  });

  it('prefers the environment', async () => {
    vi.stubEnv(VARIABLE, at('other.servicebus.windows.net'));
    const { stdout } = await check({ azure_connection_string: at('h') }, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      source: `environment variable ${VARIABLE}`,
      host: 'other.servicebus.windows.net',
      connected: null,
    });
  });

  it.each([
    [{}, 'no connection is configured'],
    [
      { azure_connection_string: `Endpoint=sb://h;SharedAccessKey=${CANARY}` },
      'SharedAccessKeyName is missing',
    ],
    [{ azure_connection_string: CANARY }, 'Endpoint is missing'],
    [{ use_keyvault: true }, 'realtime.keyvault_url is missing'],
    [
      { azure_connection_string: [CANARY] },
      'realtime.azure_connection_string is set: expected a text',
    ],
    [{ azure_conection_string: CANARY }, 'did you mean realtime.azure_connection_string?'],
  ])('refuses %o with exit code 2', async (realtime, message) => {
    const { code, stderr } = await check(realtime);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('with --connect', () => {
  it('shows partitions and the largest message', async () => {
    const hub = await testHub();
    const connection = at(`localhost:${hub.port}`, 'UseDevelopmentEmulator=true');
    const { code, stdout } = await check({ azure_connection_string: connection }, '--connect');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Connected {2}in \d+ ms: 8 partitions, messages of at most 1/);
  });

  it('exits with 2 if a setting is wrong', async () => {
    const hub = await testHub();
    const rest = 'UseDevelopmentEmulator=true;EntityPath=nosuch';
    const wrongName = { azure_connection_string: at(`localhost:${hub.port}`, rest) };
    const missing = await check(wrongName, '--connect');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('Cannot find event hub "nosuch"');

    const port = await refusingService(`The token with key ${CANARY} is wrong`);
    const wrongKey = {
      azure_connection_string: at(`localhost:${port}`, 'UseDevelopmentEmulator=true'),
    };
    const refused = await check(wrongKey, '--connect');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('access was refused');
  });

  it('exits with 1 if no service answers', async () => {
    const realtime = { azure_connection_string: at('localhost:1', 'UseDevelopmentEmulator=true') };
    const { code, stderr } = await check(realtime, '--connect');
    expect(code).toBe(1);
    expect(stderr).toContain('Cannot reach event hub "retail-events" at localhost:1');
  });
});
