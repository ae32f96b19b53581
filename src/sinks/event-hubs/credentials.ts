/**
 * Finds the credentials of a stream, in this order: Azure Key Vault, the environment, `.env`,
 * the config file, the identity of the user or service.
 */
import type { TokenCredential } from '@azure/identity';
import { InputError } from '../../domain/errors.ts';
import { redact, Secret } from '../../domain/secret.ts';
import { isVaultAddress, VAULT_ADDRESS } from '../../domain/vault-address.ts';
import type { Connection } from './connection.ts';
import { parseConnectionString } from './connection-string.ts';
import type { Config } from '../../world/config.ts';
import { readDotEnv } from './dot-env.ts';
import { azureIdentity, readVaultSecret } from './key-vault.ts';

/** An environment variable, because every user who lists processes can read flags. */
export const CONNECTION_VARIABLE = 'AZURE_EVENTHUB_CONNECTION_STRING';

/** The outside world, which tests replace. */
export interface CredentialSources {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Folder of `.env`; the working directory by default. */
  readonly folder?: string;
  readonly readVault?: (url: string, name: string) => Promise<string>;
  readonly identity?: () => Promise<TokenCredential>;
}

type Settings = Pick<Config, 'realtime' | 'stream'>;

/**
 * Returns the first configured connection in this order; undefined if there is none.
 * @throws InputError that says which setting is missing or wrong
 */
export async function findConnection(
  config: Settings,
  sources: CredentialSources = {},
): Promise<Connection | undefined> {
  const { realtime } = config;
  if (!realtime.use_keyvault) return connectionAtHand(config, sources);
  hideSecrets(config);
  const url = realtime.keyvault_url?.trim() ?? '';
  const name = realtime.keyvault_secret_name?.trim() ?? '';
  checkVault(url, name);
  const text = await (sources.readVault ?? readVaultSecret)(url, name);
  return connectionOfText({ text, origin: `Key Vault ${url}, secret "${name}"` }, config);
}

/**
 * Returns the connection that is configured without a Key Vault; undefined if there is none.
 * @throws InputError that says which setting is missing or wrong
 */
export function connectionAtHand(
  config: Settings,
  sources: CredentialSources = {},
): Connection | undefined {
  const { realtime, stream } = config;
  hideSecrets(config);
  const found = stringAtHand(config, sources);
  if (found !== undefined) return connectionOfText(found, config);
  const host = realtime.azure_namespace?.trim() ?? '';
  if (host === '') return undefined;
  if (!/^[\w-]+(\.[\w-]+)+$/.test(host)) {
    throw new InputError(
      `Cannot use realtime.azure_namespace "${host}": expected a host name such as ` +
        'shop.servicebus.windows.net, without sb:// or a path',
    );
  }
  return {
    by: 'identity',
    host,
    eventHub: stream.hub,
    origin: 'config file (realtime.azure_namespace) and the identity of this user or service',
    credential: sources.identity ?? azureIdentity,
  };
}

/** Tells a user how to configure a connection. */
export const NO_CONNECTION =
  'no connection is configured; expected one of: Key Vault (realtime.use_keyvault, keyvault_url, ' +
  `keyvault_secret_name), ${CONNECTION_VARIABLE} in the environment or in .env, ` +
  'realtime.azure_connection_string, or realtime.azure_namespace';

interface FoundString {
  readonly text: string;
  /** Where it was found, for messages. */
  readonly origin: string;
}

/** Registers the secrets of the config, used or not, so that no message shows them. */
function hideSecrets({ realtime }: Settings): void {
  if (realtime.azure_connection_string !== '') new Secret(realtime.azure_connection_string);
}

/** Returns the connection of a connection string. @throws InputError naming the missing parts */
export function connectionOfText({ text, origin }: FoundString, { stream }: Settings): Connection {
  const parsed = parseConnectionString(text, origin);
  return { by: 'connection-string', parsed, eventHub: parsed.entity ?? stream.hub, origin };
}

function stringAtHand({ realtime }: Settings, sources: CredentialSources): FoundString | undefined {
  const { environment = process.env, folder = process.cwd() } = sources;
  const set = environment[CONNECTION_VARIABLE]?.trim() ?? '';
  if (set !== '') return { text: set, origin: `environment variable ${CONNECTION_VARIABLE}` };
  const kept = readDotEnv(folder)[CONNECTION_VARIABLE]?.trim() ?? '';
  if (kept !== '') return { text: kept, origin: `${CONNECTION_VARIABLE} in .env` };
  const configured = realtime.azure_connection_string.trim();
  if (configured === '') return undefined;
  return { text: configured, origin: 'config file (realtime.azure_connection_string)' };
}

function checkVault(url: string, name: string): void {
  const problems: string[] = [];
  if (url === '') problems.push('realtime.keyvault_url is missing');
  else if (!isVaultAddress(url)) {
    problems.push(`realtime.keyvault_url is "${redact(url)}", expected ${VAULT_ADDRESS}`);
  }
  if (name === '') problems.push('realtime.keyvault_secret_name is missing');
  if (problems.length === 0) return;
  throw new InputError(
    `Cannot use Key Vault: ${problems.join('; ')}; set it, or set realtime.use_keyvault to false`,
  );
}
