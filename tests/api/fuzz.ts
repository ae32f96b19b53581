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
  'Infinity',
  '-Infinity',
  '0x10',
  '1_000',
  '+1',
  '-0',
  '\uff11\uff12',
  '9'.repeat(400),
  '1e-400',
  '\uff0e\uff0e\uff0f\uff0e\uff0e\uff0fetc',
  '..\u2215..\u2215etc',
  '%c0%ae%c0%ae%c0%af',
  '..%252f..%252fetc',
  '..%5c..%5cetc',
  '..;/..;/etc',
  'stores%00.csv',
  'receipts%2fdt=2024-01-01%2fpart-1.csv',
  'receipts/../stores',
  'CON',
  'stores.csv',
  '\u202estores',
  '\u2028\u2029\ufeff',
  'ﬀ',
  '2024-01-01T00:00:00+99:99',
  '+275760-09-13',
  '-000001-01-01',
  '2024-02-30',
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

/** Bodies as no client writes them: what a parser says of them is its own affair, an answer is due all the same. */
const RAW_BODIES: readonly string[] = [
  '{"seed":1,"seed":2,"seed":"3"}',
  '{"volume":{"stores":1},"volume":null}',
  '{"end_date":"2024-01-04","end_date":"../x"}',
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `{"volume":${'{"stores":'.repeat(500)}1${'}'.repeat(501)}`,
  '{"seed":1e999}',
  '{"seed":-1e999}',
  `{"seed":${'9'.repeat(400)}}`,
  '{"seed":12345678901234567890123}',
  '{"seed":-0}',
  '{"seed":NaN}',
  '{"speed":Infinity}',
  '{"severity":1e-400,"disruption_type":"dc_outage","duration_minutes":1e308}',
  '{"seed":0x10}',
  '{"seed":01}',
  '{"seed":1,}',
  "{'seed':1}",
  '{/* seed */}',
  '{"seed":1}{"seed":2}',
  '\ufeff{"seed":1}',
  '{"\\ud800":"\\udfff"}',
  '{"seed":"\\u0000"}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"volume":{"__proto__":{"polluted":true}}}',
  '{"length":1e9}',
  '{"toString":null,"valueOf":null}',
  '"seed"',
  'null',
  'true',
  '[{"seed":1}]',
];
/** Hosts that are no other than ours, or only look so. */
const HOSTS = [
  ...['evil.example', '', 'localhost:99999', '@@', '[::1]', '[::1]:8000', '[::1', '::1'],
  ...['[::ffff:127.0.0.1]:80', '[fe80::1%25lo]', '127.1', '2130706433', '0', '0.0.0.0', '[::]'],
  ...['localhost.', 'LOCALHOST:1', 'localhost:', ':8000', 'localhost:0', 'localhost:-1'],
  ...[
    'a@localhost',
    'localhost:80@evil.example',
    'localhost/evil',
    'localhost,evil',
    'localhost evil',
  ],
];
const ORIGINS = [
  'null',
  'http://evil.example',
  'x',
  '',
  'http://localhost:8000.evil',
  'file://',
  '*',
];
/** Headers that some other server would heed. */
const ODD_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['x-http-method-override', 'DELETE'],
  ['x-method-override', 'PUT'],
  ['x-original-url', '/api/generation/clear'],
  ['x-rewrite-url', '/api/config'],
  ['x-forwarded-host', 'evil.example'],
  ['x-forwarded-for', '::1, 127.0.0.1'],
  ['forwarded', 'host=evil.example;proto=https'],
  ['cookie', 'sim_session=x; sim_session=y; =; ;;; a'],
  ['cookie', `sim_session=${'%00'.repeat(300)}`],
  ['cookie', 'sim_session="\\"; __proto__=1'],
  ['content-encoding', 'gzip'],
  ['content-length', '-1'],
  ['content-length', '1e9'],
  ['transfer-encoding', 'gzip, chunked'],
  ['expect', '200-ok'],
  ['upgrade', 'websocket'],
  ['accept', 'x'.repeat(4_000)],
  ['accept-encoding', 'gzip;q=NaN, *;q=9'],
  ['if-none-match', '*, "", W/"'],
  ['range', 'bytes=0-0,-1,9999999999-'],
  ['sec-fetch-site', 'cross-site'],
  ['sec-fetch-mode', 'navigate'],
  ['last-event-id', '9'.repeat(16)],
  ['x-junk', 'x'.repeat(20_000)],
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
    if (this.chance(0.03)) headers.host = this.pick(HOSTS);
    if (this.chance(0.03)) headers.origin = this.pick(ORIGINS);
    if (this.chance(0.05)) headers.authorization = `Bearer ${headerText(this.pick(TEXTS))}`;
    if (this.chance(0.05)) headers['last-event-id'] = headerText(this.pick(TEXTS));
    if (this.chance(0.1)) {
      const [name, value] = this.pick(ODD_HEADERS);
      headers[name] = value;
    }
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
    if (kind === 6) return this.pick(RAW_BODIES);
    if (kind === 7) return new Uint8Array(Buffer.from(this.pick(RAW_BODIES), 'utf16le'));
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
