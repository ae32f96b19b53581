/** Connection strings: what they consist of, whose they are, and what is missing in bad ones. */
import { InputError } from '../../domain/errors.ts';
import { Secret } from '../../domain/secret.ts';

export type Service = 'event-hubs' | 'fabric' | 'emulator';

/** A connection string, understood. Nothing in it but `text` is secret. */
export interface ConnectionString {
  readonly text: Secret;
  readonly service: Service;
  /** Host name, and port where one is given. */
  readonly host: string;
  /** The event hub that it names. */
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
 * Reads a connection string.
 * @param origin where it came from, for messages
 * @throws InputError naming the parts that are missing, and never a value
 */
export function parseConnectionString(given: string, origin: string): ConnectionString {
  const text = given.trim().replace(/^(["'])(.*)\1$/, '$2');
  const parts = partsOf(text);
  // Before anything is said about it.
  const secret = new Secret(
    text,
    [parts.SharedAccessKey, parts.SharedAccessSignature].filter((part) => part !== undefined),
  );
  const problems = problemsOf(parts);
  if (problems.length > 0) {
    throw new InputError(
      `Cannot use the connection string from ${origin}: ${problems.join('; ')}; expected ${FORM}; ` +
        'copy it again, whole, from the keys of the event hub',
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
    problems.push('Endpoint is no address that begins with sb://');
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
  // The SDK speaks without TLS only if the word is spelt so.
  if (parts.UseDevelopmentEmulator === 'true') return 'emulator';
  // Eventstream's namespaces and entities carry the mark of the event stream in their names.
  const isFabric = /^eventstream-/i.test(host) || /^es_[0-9a-f-]{36}/i.test(parts.EntityPath ?? '');
  return isFabric ? 'fabric' : 'event-hubs';
}
