/** The sources of credentials, and their order. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  CONNECTION_VARIABLE,
  type CredentialSources,
  findConnection,
} from '../../../src/sinks/event-hubs/credentials.ts';
import { readVaultSecret } from '../../../src/sinks/event-hubs/key-vault.ts';
import { configOf } from '../../../src/world/config.ts';

const KEY = 'canaryKey0123456789';
const string = (host: string) =>
  `Endpoint=sb://${host}.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${KEY}`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderWith(dotEnv?: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'credentials-'));
  folders.push(folder);
  if (dotEnv !== undefined) writeFileSync(path.join(folder, '.env'), dotEnv);
  return folder;
}

const EMPTY = folderWith();
const find = (realtime: object, sources: CredentialSources = {}) =>
  findConnection(configOf({ realtime }), { environment: {}, folder: EMPTY, ...sources });

async function hostOf(realtime: object, sources: CredentialSources = {}) {
  const connection = await find(realtime, sources);
  return connection?.by === 'connection-string' ? connection.parsed.host.split('.')[0] : connection;
}

describe('a .env as editors of other systems leave it', () => {
  const text = `${CONNECTION_VARIABLE}=${string('file')}`;
  it.each<[string, Buffer]>([
    ['with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['in UTF-16 LE', Buffer.from(`\ufeff${text}\r\n`, 'utf16le')],
    ['in UTF-16 BE', Buffer.from(`\ufeff${text}\n`, 'utf16le').swap16()],
    ['with CR LF and empty lines', Buffer.from(`\r\n# mine\r\n${text}\r\n\r\n`)],
    ['with mixed line ends', Buffer.from(`A=1\rB=2\r\n${text}\rC=3\n`)],
    ['in quotes, with CR LF', Buffer.from(`${CONNECTION_VARIABLE}="${string('file')}"\r\n`)],
  ])('%s', async (_, bytes) => {
    const folder = folderWith();
    writeFileSync(path.join(folder, '.env'), bytes);
    expect(await hostOf({}, { folder })).toBe('file');
  });

  it('is refused if it is not a text', async () => {
    const folder = folderWith();
    writeFileSync(path.join(folder, '.env'), Buffer.from('A=1\nB=caf\xe9\n', 'latin1'));
    await expect(find({}, { folder })).rejects.toThrow(
      `Cannot read "${path.join(folder, '.env')}": byte 10 (0xe9) on line 2 is not UTF-8`,
    );
  });
});

describe('the first of them counts', () => {
  const vault = {
    use_keyvault: true,
    keyvault_url: 'https://v01.vault.azure.net',
    keyvault_secret_name: 'hub',
    azure_connection_string: string('config'),
    azure_namespace: 'identity.servicebus.windows.net',
  };
  const sources: CredentialSources = {
    environment: { [CONNECTION_VARIABLE]: string('environment') },
    folder: folderWith(`# comment\n${CONNECTION_VARIABLE}="${string('file')}"\n`),
    readVault: async (url, name) => string(`${new URL(url).hostname.split('.')[0]}-${name}`),
  };

  it('Key Vault, environment, .env, config, identity', async () => {
    expect(await hostOf(vault, sources)).toBe('v01-hub');
    const local = { ...vault, use_keyvault: false };
    expect(await hostOf(local, sources)).toBe('environment');
    expect(await hostOf(local, { ...sources, environment: { [CONNECTION_VARIABLE]: ' ' } })).toBe(
      'file',
    );
    expect(await hostOf(local)).toBe('config');
    const identity = { azure_namespace: 'identity.servicebus.windows.net' };
    expect(await find(identity)).toMatchObject({ by: 'identity', host: identity.azure_namespace });
    expect(await find({})).toBeUndefined();
  });

  it('and its origin is named', async () => {
    expect((await find(vault, sources))?.origin).toBe(
      'Key Vault https://v01.vault.azure.net, secret "hub"',
    );
    expect((await find({}, sources))?.origin).toBe(`environment variable ${CONNECTION_VARIABLE}`);
    const dotEnv = { folder: sources.folder };
    expect((await find({}, dotEnv))?.origin).toBe(`${CONNECTION_VARIABLE} in .env`);
  });
});

it('takes the event hub from the connection string, else from the config', async () => {
  expect(
    (await find({ azure_connection_string: `${string('h')};EntityPath=mine` }))?.eventHub,
  ).toBe('mine');
  expect((await find({ azure_connection_string: string('h') }))?.eventHub).toBe('retail-events');
});

describe('errors', () => {
  it('name what is missing for Key Vault', async () => {
    await expect(find({ use_keyvault: true })).rejects.toThrow(
      'realtime.keyvault_url is missing; realtime.keyvault_secret_name is missing',
    );
  });

  describe.each([
    ['no address', 'vault'],
    ['another scheme', 'http://shop.vault.azure.net'],
    ['another host', 'https://127.0.0.1'],
    ['another host in front of it', 'https://shop.vault.azure.net.evil.example'],
    ['another host behind it', 'https://evil.example/shop.vault.azure.net'],
    ['the cloud without a vault', 'https://vault.azure.net'],
    ['a host below a vault', 'https://a.shop.vault.azure.net'],
    ['a port', 'https://shop.vault.azure.net:8443'],
    ['the usual port', 'https://shop.vault.azure.net:443'],
    ['a user', 'https://shop.vault.azure.net@127.0.0.1'],
    ['a user of a vault', 'https://user:hiddenword@shop.vault.azure.net'],
    ['a path', 'https://shop.vault.azure.net/secrets'],
    ['a query', 'https://shop.vault.azure.net?a=1'],
    ['a fragment', 'https://shop.vault.azure.net#a'],
    ['a backslash', 'https://127.0.0.1\\shop.vault.azure.net'],
    ['a second line', 'https://shop.vault.azure.net\nhttps://127.0.0.1'],
  ])('an address of Key Vault with %s', (_, keyvault_url) => {
    const realtime = { use_keyvault: true, keyvault_url, keyvault_secret_name: 'hub' };

    it('is refused in a config file', () => {
      expect(() => configOf({ realtime })).toThrow(/realtime\.keyvault_url is .*expected/s);
      expect(() => configOf({ realtime })).not.toThrow('hiddenword');
    });

    it('is refused before anything connects, wherever it comes from', async () => {
      let asked = 0;
      const finding = findConnection(
        { ...configOf({}), realtime: { ...configOf({}).realtime, ...realtime } },
        { environment: {}, folder: EMPTY, readVault: async () => `${asked++}` },
      );
      await expect(finding).rejects.toThrow(/realtime\.keyvault_url is .*, expected https:/s);
      await expect(finding).rejects.not.toThrow('hiddenword');
      expect(asked).toBe(0);
    });
  });

  it.each([
    'https://v-1.vault.azure.net',
    'https://Shop.Vault.Azure.NET/',
    'https://shop.vault.azure.cn',
    'https://shop.vault.usgovcloudapi.net/',
    'https://shop.vault.microsoftazure.de',
    ' https://shop.vault.azure.net ',
  ])('none for %s', async (keyvault_url) => {
    const realtime = { use_keyvault: true, keyvault_url, keyvault_secret_name: 'hub' };
    const readVault = async (url: string) => string(url === keyvault_url.trim() ? 'asked' : 'no');
    expect(await hostOf(realtime, { readVault })).toBe('asked');
  });

  it('say that the vault did not answer, soon', { timeout: 11_000 }, async () => {
    await expect(readVaultSecret('https://127.0.0.1:1', 'hub')).rejects.toThrow(
      /Cannot read secret "hub" from Key Vault https:\/\/127.0.0.1:1: .*az login/,
    );
  });

  it('name the source of a malformed string', async () => {
    const environment = { [CONNECTION_VARIABLE]: `SharedAccessKey=${KEY}` };
    const finding = find({}, { environment });
    await expect(finding).rejects.toThrow(
      `environment variable ${CONNECTION_VARIABLE}: Endpoint is missing`,
    );
    await expect(finding).rejects.not.toThrow('canary');
  });

  it('refuse a namespace that is not a host name', async () => {
    await expect(find({ azure_namespace: 'sb://h/' })).rejects.toThrow('expected a host name');
  });
});
