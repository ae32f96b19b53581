/** Where `sim tail` connects to, and how it speaks of it without giving secrets away. */
import { InputError } from '../domain/errors.ts';
import { connectionString as localConnectionString } from '../hub/connection-string.ts';
import { AMQP_PORT, DEFAULT_ENTITY } from '../hub/hub.ts';

/** The environment variable that holds a connection string: a flag would be seen by everybody. */
export const CONNECTION_VARIABLE = 'AZURE_EVENTHUB_CONNECTION_STRING';

export interface TailConnection {
  readonly connectionString: string;
  readonly entity: string;
  readonly consumerGroup: string;
  /** Names the place in messages, e.g. `retail-events at localhost:5672`. */
  readonly name: string;
  /** Whether it is the hub on this machine that is used unless the environment names another. */
  readonly isLocal: boolean;
  /** `text` with the key of the connection string masked. */
  masked(text: string): string;
}

export interface TailConnectionFlags {
  readonly hub?: string;
  readonly consumerGroup?: string;
  readonly port?: number;
}

/** The connection that flags and environment name. Throws InputError that says which part is missing. */
export function tailConnection(
  { hub, consumerGroup, port }: TailConnectionFlags,
  environment: Readonly<Record<string, string | undefined>>,
): TailConnection {
  const given = port === undefined ? environment[CONNECTION_VARIABLE]?.trim() : undefined;
  const isLocal = given === undefined || given === '';
  const text = isLocal ? localConnectionString(port ?? AMQP_PORT) : given;
  const parts = partsOf(text);
  const missing = missingParts(parts);
  if (missing.length > 0) {
    throw new InputError(
      `Cannot use the connection string in ${CONNECTION_VARIABLE}: found no ${missing.join(', no ')}, ` +
        'expected Endpoint=sb://...;SharedAccessKeyName=...;SharedAccessKey=...;EntityPath=...; ' +
        'copy it from the portal again',
    );
  }
  const entity = hub ?? parts.get('entitypath') ?? (isLocal ? DEFAULT_ENTITY.name : undefined);
  if (entity === undefined) {
    throw new InputError(
      `Cannot tell which event hub to read: the connection string in ${CONNECTION_VARIABLE} has no ` +
        'EntityPath, expected one or --hub <name>',
    );
  }
  const host = /^[a-z]+:\/\/([^/]+)/i.exec(parts.get('endpoint') ?? '')?.[1] ?? '';
  const address =
    isLocal || /:\d+$/.test(host) ? host : `${host}:${isEmulator(parts) ? 5672 : 5671}`;
  return {
    connectionString: text,
    entity,
    consumerGroup: consumerGroup ?? (isLocal ? DEFAULT_ENTITY.consumerGroups[0] : '$Default'),
    name: `${entity} at ${address}`,
    isLocal,
    masked: (message) => mask(message, text, parts),
  };
}

function partsOf(text: string): ReadonlyMap<string, string> {
  const parts = text.split(';').flatMap((part) => {
    const at = part.indexOf('=');
    const value = part.slice(at + 1).trim();
    const pair: [string, string] = [part.slice(0, at).trim().toLowerCase(), value];
    return at > 0 && value !== '' ? [pair] : [];
  });
  return new Map(parts);
}

function missingParts(parts: ReadonlyMap<string, string>): string[] {
  const missing = /^sb:\/\/[^/]/i.test(parts.get('endpoint') ?? '') ? [] : ['Endpoint'];
  if (parts.has('sharedaccesssignature')) return missing;
  if (!parts.has('sharedaccesskeyname')) missing.push('SharedAccessKeyName');
  if (!parts.has('sharedaccesskey')) missing.push('SharedAccessKey');
  return missing;
}

function isEmulator(parts: ReadonlyMap<string, string>): boolean {
  return parts.get('usedevelopmentemulator') === 'true';
}

function mask(message: string, text: string, parts: ReadonlyMap<string, string>): string {
  const secrets = [text, parts.get('sharedaccesskey'), parts.get('sharedaccesssignature')];
  let masked = message;
  for (const secret of secrets) {
    if (secret !== undefined) masked = masked.replaceAll(secret, '***');
  }
  return masked;
}
