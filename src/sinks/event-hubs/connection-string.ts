/** Parses connection strings: their parts, the service they belong to, and missing parts. */
import { InputError } from '../../domain/errors.ts';
import { Secret } from '../../domain/secret.ts';

export type Service = 'event-hubs' | 'fabric' | 'emulator';

/** A parsed connection string. Only `text` is secret. */
export interface ConnectionString {
  readonly text: Secret;
  readonly service: Service;
  /** Host name, with port if given. */
  readonly host: string;
  /** Name of the event hub, if given. */
  readonly entity: string | undefined;
  /** Name of the key or `shared access signature`. */
  readonly keyName: string;
}

const PARTS = [
  'Endpoint',
  'EntityPath',
  'SharedAccessKeyName',
  'SharedAccessKey',
  'SharedAccessSignature',
  'UseDevelopmentEmulator',
] as const;
type Part = (typeof PARTS)[number];

export const SERVICE_NAMES: Readonly<Record<Service, string>> = {
  'event-hubs': 'Azure Event Hubs',
  fabric: 'a custom endpoint of Microsoft Fabric Real-Time Intelligence (Eventstream)',
  emulator: 'an Event Hubs emulator, or `sim hub`',
};
const FORM =
  'Endpoint=sb://<namespace>.servicebus.windows.net/;SharedAccessKeyName=<name>;SharedAccessKey=<key>;EntityPath=<event hub>';

/**
 * Parses a connection string.
 * @param origin where it was found, for messages
 * @throws InputError naming the parts that are missing, and never a value
 */
export function parseConnectionString(given: string, origin: string): ConnectionString {
  const text = given.trim().replace(/^(["'])(.*)\1$/, '$2');
  const parts = partsOf(text);
  // Registered as a secret before any message about it.
  const secret = new Secret(
    text,
    [parts.SharedAccessKey, parts.SharedAccessSignature].filter((part) => part !== undefined),
  );
  const problems = problemsOf(parts);
  if (problems.length > 0) {
    throw new InputError(
      `Cannot use the connection string from ${origin}: ${problems.join('; ')}; expected ${FORM}; ` +
        'copy the complete string again from the keys of the event hub',
    );
  }
  const host = hostOf(parts.Endpoint) as string;
  return {
    text: secret,
    service: serviceOf(host, parts),
    host,
    entity: parts.EntityPath,
    keyName: parts.SharedAccessKeyName ?? 'shared access signature',
  };
}

function partsOf(text: string): Partial<Record<Part, string>> {
  const parts: Partial<Record<Part, string>> = {};
  for (const piece of text.split(';')) {
    const at = piece.indexOf('=');
    if (at <= 0) continue;
    const name = piece.slice(0, at).trim().toLowerCase();
    const known = PARTS.find((part) => part.toLowerCase() === name);
    const value = piece.slice(at + 1).trim();
    if (known !== undefined && value !== '') parts[known] = value;
  }
  return parts;
}

function problemsOf(parts: Partial<Record<Part, string>>): string[] {
  const problems: string[] = [];
  if (parts.Endpoint === undefined) problems.push('Endpoint is missing');
  else if (hostOf(parts.Endpoint) === undefined) {
    problems.push('Endpoint is not an address that begins with sb://');
  }
  if (parts.SharedAccessSignature === undefined) {
    for (const part of ['SharedAccessKeyName', 'SharedAccessKey'] as const) {
      if (parts[part] === undefined) problems.push(`${part} is missing`);
    }
  }
  return problems;
}

function hostOf(endpoint: string | undefined): string | undefined {
  return /^(?:sb|amqps?):\/\/([\w.-]+(?::\d{1,5})?)\/?$/i.exec(endpoint ?? '')?.[1];
}

function serviceOf(host: string, parts: Partial<Record<Part, string>>): Service {
  // The SDK turns TLS off only for exactly this spelling.
  if (parts.UseDevelopmentEmulator === 'true') return 'emulator';
  // The names of Eventstream's namespaces and entities have these prefixes.
  const isFabric = /^eventstream-/i.test(host) || /^es_[0-9a-f-]{36}/i.test(parts.EntityPath ?? '');
  return isFabric ? 'fabric' : 'event-hubs';
}
