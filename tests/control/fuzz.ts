/** Requests that nobody should send, made from the OpenAPI document: wrong in type, size, place, encoding. */
import type { Substream } from '../../src/engine/substream.ts';
import type { Operation } from './open-api.ts';

export interface FuzzRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $ref?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'FOO'];
const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'undefined',
  'NaN',
  '1e999',
  'true',
  '[]',
  '{}',
  '../../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/package.json',
  '....//....//',
  '/etc/passwd',
  'C:\\Windows\\win.ini',
  'file:///etc/passwd',
  '\u0000',
  '%00',
  '%',
  '%zz',
  '%ff%fe',
  '\ud800',
  "' OR 1=1 --",
  "'); DROP TABLE receipts; --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  'receipts',
  'stores',
  '2024-01-01',
  '9999-99-99',
  'holiday',
  '🛒'.repeat(50),
  'é'.normalize('NFD'),
  'a'.repeat(5000),
  '\r\nX-Injected: 1',
] as const;
const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  -1e308,
  2 ** 53,
  [],
  {},
  [[]],
  { $ref: '#' },
  { __proto__: { polluted: true } },
  ...TEXTS,
];
const TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  '',
  'x'.repeat(300),
];

export class Fuzz {
  private readonly random: Substream;
  private readonly operations: readonly Operation[];
  private readonly schemas: Readonly<Record<string, object>>;

  constructor(
    random: Substream,
    operations: readonly Operation[],
    schemas: Readonly<Record<string, object>>,
  ) {
    this.random = random;
    this.operations = operations;
    this.schemas = schemas;
  }

  request(): FuzzRequest {
    const operation = this.pick(this.operations);
    const method = this.chance(0.05) ? this.pick(METHODS) : operation.method;
    const headers: Record<string, string> = { host: 'localhost:8000' };
    if (this.chance(0.03)) headers.host = this.pick(['evil.example', '', 'localhost:99999', '@@']);
    if (this.chance(0.03)) headers.origin = this.pick(['null', 'http://evil.example', 'x']);
    if (this.chance(0.05)) headers.authorization = `Bearer ${headerText(this.pick(TEXTS))}`;
    if (this.chance(0.05)) headers['last-event-id'] = headerText(this.pick(TEXTS));
    const body =
      method === 'GET' || method === 'HEAD' || method === 'TRACE'
        ? undefined
        : this.body(operation);
    if (body !== undefined) {
      headers['content-type'] = this.chance(0.1) ? this.pick(TYPES) : 'application/json';
    }
    return { method, url: this.url(operation), headers, body };
  }

  private url({ path, parameters }: Operation): string {
    const filled = path.replaceAll(/\{\w+\}/g, () =>
      this.chance(0.3) ? this.pick(TEXTS) : encode(this.pick(TEXTS)),
    );
    const known = parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => name);
    const query: string[] = [];
    for (let count = this.random.below(4); count > 0; count--) {
      const name = this.chance(0.8) && known.length > 0 ? this.pick(known) : this.pick(TEXTS);
      const value = this.pick(TEXTS);
      query.push(this.chance(0.3) ? `${name}=${value}` : `${encode(name)}=${encode(value)}`);
    }
    const odd = this.chance(0.03) ? this.pick(['//', '/../', '/%2e%2e/', '?', '#x', ';x']) : '';
    return `http://localhost:8000${filled}${odd}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  }

  private body({ body }: Operation): FuzzRequest['body'] {
    const kind = this.random.below(20);
    if (kind === 0) return '{'.repeat(this.random.below(2000));
    if (kind === 1) return '['.repeat(50_000);
    if (kind === 2) return Uint8Array.from({ length: 100 }, () => this.random.below(256));
    if (kind === 3) return JSON.stringify({ a: 'x'.repeat(300_000) });
    if (kind === 4) return '';
    if (kind === 5) return undefined;
    const value = body === undefined ? this.value() : this.made(body as Schema, 0);
    return JSON.stringify(value) ?? 'undefined';
  }

  /** Mostly what the schema asks for, with something wrong in it. */
  private made(schema: Schema, depth: number): unknown {
    if (depth > 4 || this.chance(0.15)) return this.value();
    if (schema.$ref !== undefined) {
      const name = schema.$ref.split('/').at(-1) ?? '';
      return this.made((this.schemas[name] ?? {}) as Schema, depth + 1);
    }
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return this.made(this.pick(choices), depth + 1);
    if (schema.enum !== undefined) return this.pick(schema.enum);
    if (schema.properties !== undefined) {
      const entries = Object.entries(schema.properties)
        .filter(() => this.chance(0.7))
        .map(([name, property]) => [name, this.made(property, depth + 1)]);
      if (this.chance(0.1)) entries.push([this.pick(TEXTS), this.value()]);
      return Object.fromEntries(entries);
    }
    const type = [schema.type ?? 'object'].flat()[0];
    if (type === 'array') {
      return Array.from({ length: this.random.below(4) }, () =>
        this.made(schema.items ?? {}, depth + 1),
      );
    }
    if (type === 'integer' || type === 'number') {
      const { minimum = 0, maximum = 10 } = schema;
      return this.pick([minimum, minimum - 1, maximum, maximum + 1, minimum + 0.5]);
    }
    if (type === 'boolean') return this.chance(0.5);
    return this.value();
  }

  private value(): unknown {
    return this.pick(VALUES);
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[this.random.below(items.length)];
  }

  private chance(share: number): boolean {
    return this.random.unit() < share;
  }
}

function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ED%A0%80';
  }
}

/** Headers hold no control characters, nor anything beyond Latin-1. */
function headerText(text: string): string {
  return text
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .trim()
    .slice(0, 200);
}
