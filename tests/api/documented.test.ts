/**
 * The OpenAPI document against the server: every example is accepted, every pattern and limit is the server's own,
 * every value of an enum is taken, and every path has the methods that are documented, and no others.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { smallWorld, type SmallWorld } from '../run/small-world.ts';
import { type Answer, type Client, testClient } from './client.ts';
import type { Operation } from './open-api.ts';

interface Node {
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly $ref?: string;
}

/** A value of a request: as it is documented, and as the server checks it. */
interface Value {
  readonly where: string;
  readonly operation: Operation;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly node: Node;
  readonly checks: ZodType;
}

const FROM = Date.UTC(2024, 0, 1);
let world: SmallWorld;
let client: Client;
let values: readonly Value[];
beforeAll(async () => {
  world = await smallWorld(FROM, FROM + 86_400_000);
  client = await testClient({ out: world.copy().root });
  values = valuesOf(client);
});
afterAll(async () => {
  await client.close();
  world.remove();
});

type Shape = { shape?: Readonly<Record<string, ZodType>> } | undefined;

function valuesOf({ control, openApi }: Client): Value[] {
  const shapes = new Map<string, Record<Value['in'], Shape>>();
  for (const definition of control.app.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue;
    const { method, path, request } = definition.route;
    const content = request?.body?.content['application/json'] as { schema?: unknown } | undefined;
    shapes.set(`${method.toUpperCase()} ${path}`, {
      path: request?.params as Shape,
      query: request?.query as Shape,
      header: request?.headers as Shape,
      body: content?.schema as Shape,
    });
  }
  return openApi.operations.flatMap((operation) => {
    const where = `${operation.method} ${operation.path}`;
    const of = shapes.get(where)!;
    const fields = Object.entries((operation.body as Node | undefined)?.properties ?? {});
    const given = [
      ...operation.parameters.map((each) => ({ ...each, node: each.schema as Node })),
      ...fields.map(([name, node]) => ({ name, in: 'body', node })),
    ];
    return given.map(({ name, in: place, node }) => {
      const checks = of[place as Value['in']]?.shape?.[name];
      if (checks === undefined) throw new Error(`${where} ${name} is not checked`);
      return { where: `${where} ${name}`, operation, name, in: place as Value['in'], node, checks };
    });
  });
}

/** Every node of the document, answers included. */
function nodesOf(value: unknown, where = ''): { where: string; node: Node }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, part]) =>
    key === 'example' ? [] : nodesOf(part, `${where}/${key}`),
  );
  return [{ where, node: value as Node }, ...inner];
}

it('is written in the JSON Schema that OpenAPI 3.1 has', () => {
  const ajv = new Ajv2020({ strict: false });
  const document = client.openApi.document as unknown as object;
  for (const { where, node } of nodesOf(document)) {
    if (!/(\/schema|\/schemas\/\w+)$/.test(where)) continue;
    expect(ajv.validateSchema(node), `${where}: ${ajv.errorsText()}`).toBe(true);
  }
  expect(JSON.stringify(document)).toContain('"prefixItems"');
});

describe('patterns and limits', () => {
  it('are those of JavaScript, with and without its flag u, and take the examples', () => {
    const patterns = nodesOf(client.openApi.document).filter(
      ({ node }) => typeof node.pattern === 'string',
    );
    expect(patterns.length).toBeGreaterThan(1);
    for (const { where, node } of patterns) {
      for (const flag of ['', 'u']) {
        const pattern = new RegExp(node.pattern as string, flag);
        if (node.example !== undefined) expect(String(node.example), where).toMatch(pattern);
      }
      // A pattern of JavaScript between slashes matches nothing.
      expect(node.pattern, where).not.toMatch(/^\/|\/[a-z]*$/);
    }
  });

  it('are those of the server', () => {
    const ajv = new Ajv2020({ strict: false });
    for (const { where, node, checks, in: place } of values) {
      const isText = place !== 'body';
      const documented = ajv.compile(node);
      const isNumber = node.type === 'integer' || node.type === 'number';
      const accepts = (value: unknown) =>
        isText && isNumber
          ? /^-?\d{1,15}$/.test(String(value)) && documented(Number(value))
          : documented(value);
      // Names that a route looks up are told as they are not found, or by what they might have been.
      const isLookedUp = (at: Node | undefined) =>
        at?.enum !== undefined && at.maxLength !== undefined;
      const lookedUp = isLookedUp(node) || isLookedUp(node.items);
      const property = fc.property(valueFor(node, isText), (value) => {
        const isTaken = checks.safeParse(value).success;
        if (accepts(value)) expect(isTaken, `${where}: ${JSON.stringify(value)}`).toBe(true);
        else if (!lookedUp) expect(isTaken, `${where}: ${JSON.stringify(value)}`).toBe(false);
      });
      fc.assert(property, { seed: 7, numRuns: 60 });
    }
  });

  it('apply to the description of a disruption', () => {
    const { node, checks } = values.find(({ name }) => name === 'description')!;
    const pattern = new RegExp(node.pattern as string, 'u');
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 220 }),
      fc.string({ unit: 'grapheme', maxLength: 220 }),
      fc.stringMatching(/^[ \t\n\u2028a-c]{0,5}$/),
      fc.constantFrom('🌊'.repeat(200), '🌊'.repeat(201), 'a\ud800', '\u00a0', ' a', '', 'ä'),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(pattern.test(given), JSON.stringify(given)).toBe(checks.safeParse(given).success);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});

/** Values around what is documented: fitting ones, those at a limit, and strange ones. */
function valueFor(node: Node, isText: boolean): fc.Arbitrary<unknown> {
  const { minimum = 0, maximum = 1000, maxLength = 20 } = node;
  const edges = [minimum - 1, minimum, maximum, maximum + 1];
  const texts = fc.oneof(
    fc.string({ maxLength: maxLength + 2 }),
    fc.constantFrom('', 'a'.repeat(maxLength), 'a'.repeat(maxLength + 1), '🌊'.repeat(maxLength)),
    ...(node.pattern === undefined
      ? []
      : [fc.stringMatching(new RegExp(node.pattern.replace(/\(\?=.*?\)(?=\()/, ''), 'u'))]),
    ...(node.enum === undefined ? [] : [fc.constantFrom(...node.enum)]),
  );
  if (isText) {
    const numbers = fc.oneof(fc.integer({ min: minimum, max: maximum }), fc.constantFrom(...edges));
    const strange = fc.constantFrom('', ' 1', '0x10', '1e2', '1.5', '+1', 'true', 'null', 'NaN');
    const isNumber = node.type === 'integer';
    return isNumber ? fc.oneof(numbers.map(String), strange) : texts;
  }
  const list = fc.array(node.items === undefined ? texts : valueFor(node.items, false), {
    maxLength: 4,
  });
  const numbers = fc.oneof(
    fc.integer({ min: Math.floor(minimum) - 2, max: Math.ceil(maximum) + 2 }),
    fc.double({ noNaN: true }),
    fc.constantFrom(...edges),
  );
  return fc.oneof(texts, numbers, fc.boolean(), fc.constant(null), list, fc.constant({}));
}

const exampleOf = (operation: Operation, name: string): unknown => {
  const parameter = operation.parameters.find((each) => each.name === name);
  return (parameter?.schema as Node | undefined)?.example;
};

/** The address of an operation with its examples; some stand for what a run has made. */
function addressOf(operation: Operation, instead: Readonly<Record<string, unknown>> = {}): string {
  return operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = instead[name] ?? exampleOf(operation, name);
    expect(value, `${operation.method} ${operation.path} has no example of ${name}`).toBeDefined();
    return encodeURIComponent(String(value));
  });
}

it('every path has the methods that are documented, and no others', async () => {
  const documented = new Map<string, string[]>();
  for (const { method, path } of client.openApi.operations) {
    documented.set(path, [...(documented.get(path) ?? []), method]);
  }
  for (const [path, methods] of documented) {
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort().join(', ');
    const url = addressOf(client.openApi.operations.find((each) => each.path === path)!);
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      if (allow.split(', ').includes(method)) continue;
      const response = await client.control.app.request(url, {
        method,
        headers: { host: 'localhost' },
      });
      expect(response.status, `${method} ${path}`).toBe(405);
      expect(response.headers.get('allow'), `${method} ${path}`).toBe(allow);
    }
  }
});

/** What changes the world, in an order in which each is possible; all the rest comes first. */
const IN_ORDER = [
  'PUT /api/config',
  'PUT /api/stream/config',
  'POST /api/config/reset',
  'POST /api/generate/master',
  'GET /api/generate/master/status',
  'POST /api/generate/master/{table}',
  'POST /api/tasks/{operation_id}/resume',
  'POST /api/generate/historical',
  'GET /api/generate/historical/status',
  'GET /api/tasks/{operation_id}/status',
  'GET /api/facts/{table}/{date}',
  'POST /api/generate/historical/{table}',
  'POST /api/stream/start',
  'POST /api/stream/speed',
  'POST /api/stream/pause',
  'POST /api/stream/resume',
  'POST /api/disruption/create',
  'DELETE /api/disruption/{disruption_id}',
  'POST /api/disruption/clear-all',
  'POST /api/stream/stop',
  'POST /api/stream/dlq/retry',
  'POST /api/generation/clear/challenge',
  'DELETE /api/generation/clear',
  'POST /api/scenarios/{name}/run',
  'DELETE /api/generate/cancel/{operation_id}',
];

it('every example is accepted, and every value of an enum', { timeout: 600_000 }, async () => {
  const { operations, document } = client.openApi;
  const find = (name: string) => operations.find((each) => `${each.method} ${each.path}` === name)!;
  for (const name of IN_ORDER) expect(find(name), name).toBeDefined();
  let task: unknown;
  let challenge: unknown;

  const bodyOf = ({ body }: Operation): unknown => {
    const { $ref } = (body ?? {}) as Node;
    const schema = $ref === undefined ? body : document.components.schemas[$ref.split('/').at(-1)!];
    const { example, properties = {} } = (schema ?? {}) as Node;
    const parts = Object.entries(properties).filter(([, part]) => part.example !== undefined);
    const whole = Object.fromEntries(parts.map(([name, part]) => [name, part.example]));
    return example ?? (parts.length > 0 ? whole : undefined);
  };
  /** Sends an example; a body, and a query, that are not those of the document come beside it. */
  const send = (
    operation: Operation,
    more: { body?: unknown; query?: string; path?: object } = {},
  ) => {
    const name = `${operation.method} ${operation.path}`;
    const instead = {
      ...(task !== undefined && { operation_id: task }),
      ...more.path,
    };
    let body = more.body ?? bodyOf(operation);
    if (name === 'DELETE /api/generation/clear') body = challenge;
    const url = `${addressOf(operation, instead)}${more.query === undefined ? '' : `?${more.query}`}`;
    return operation.path === '/api/live'
      ? watched(url)
      : client.ask(operation.method, url, body === undefined ? {} : { body });
  };
  const watched = async (url: string): Promise<Answer> => {
    const headers = {
      host: 'localhost',
      'last-event-id': String(exampleOf(find('GET /api/live'), 'last-event-id')),
    };
    const response = await client.control.app.request(url, { headers });
    await response.body?.cancel();
    return { status: response.status, headers: response.headers, text: '', body: {} };
  };
  const accepted = async (
    operation: Operation,
    more: Parameters<typeof send>[1] = {},
    as = 200,
  ) => {
    const answer = await send(operation, more);
    const told = `${operation.method} ${operation.path} ${JSON.stringify(more)}: ${answer.text.slice(0, 500)}`;
    expect(answer.status, told).toBe(as);
    return answer;
  };
  /** One request for each value of an enum, or each example of a parameter that may be left out. */
  const variants = (operation: Operation) =>
    values
      .filter((value) => value.operation === operation)
      .flatMap(({ in: place, name, node }) => {
        const given =
          node.enum ?? node.items?.enum ?? (node.example === undefined ? [] : [node.example]);
        return given.flatMap((one): NonNullable<Parameters<typeof send>[1]>[] => {
          if (place === 'query' && name === 'operation_id') return [];
          if (place === 'query') return [{ query: `${name}=${encodeURIComponent(String(one))}` }];
          if (place === 'path') return node.enum === undefined ? [] : [{ path: { [name]: one } }];
          if (place === 'header') return [];
          const value = node.items?.enum === undefined ? one : [one];
          const { speed: _speed, ...rest } = bodyOf(operation) as Record<string, unknown>;
          // A rate is held by steering the speed: nobody asks for both, as its description says.
          const others = name === 'rate' ? rest : (bodyOf(operation) as object);
          return [{ body: { ...others, [name]: value } }];
        });
      });

  for (const operation of operations) {
    const name = `${operation.method} ${operation.path}`;
    if (operation.body !== undefined)
      expect(bodyOf(operation), `${name} has no example`).toBeDefined();
    if (IN_ORDER.includes(name) || /operation_id/.test(operation.path)) continue;
    // Without a task so far there is nothing to tell of one.
    await accepted(operation);
    for (const variant of variants(operation)) await accepted(operation, variant);
  }
  for (const name of IN_ORDER) {
    const operation = find(name);
    if (name === 'POST /api/tasks/{operation_id}/resume') interrupt();
    const more = /^POST .*historical\/\{table\}$/.test(name)
      ? { query: 'end_date=2024-01-08' }
      : {};
    const answer = await accepted(operation, more);
    const { operation_id: id } = answer.body;
    if (name === 'POST /api/generation/clear/challenge') {
      const { challenge: word, phrase, files } = answer.body;
      challenge = { challenge: word, phrase, files };
    }
    if (typeof id === 'string' && !/disruption/.test(name)) task = id;
    if (name === 'POST /api/stream/start') {
      // While one runs nothing else starts: whatever is not refused for what it says meets that.
      const going = () => client.ask('GET', '/api/stream/status');
      while (!(await going()).body.is_streaming) await new Promise((done) => setTimeout(done, 20));
      for (const start of [
        'POST /api/stream/start',
        'POST /api/generate/master',
        'POST /api/generate/historical',
        'POST /api/generate/historical/{table}',
      ]) {
        for (const variant of variants(find(start))) await accepted(find(start), variant, 409);
      }
    } else if (name === 'POST /api/disruption/create') {
      const kinds = values.find(
        (value) => value.operation === operation && value.name === 'target_kind',
      )!;
      const types = values.find((value) => value.name === 'disruption_type')!.node.enum!;
      for (const disruption_type of types) {
        await accepted(operation, { body: { disruption_type, duration_minutes: 5 } });
      }
      for (const target_kind of kinds.node.enum!) {
        const statuses = [];
        for (const disruption_type of types) {
          const body = { disruption_type, target_kind, target_id: 1, duration_minutes: 5 };
          statuses.push((await send(operation, { body })).status);
        }
        expect(statuses, String(target_kind)).toContain(200);
      }
    } else if (
      typeof task === 'string' &&
      answer.body.started_at != null &&
      !/^POST .*(start|speed|pause|stream\/resume|run)$/.test(name)
    ) {
      await client.over(task);
    }
  }
  await client.over(task);

  /** As a server leaves it that is killed in the middle of it. */
  function interrupt(): void {
    const { tasks } = client.control.services.settings.paths;
    const records = JSON.parse(readFileSync(tasks, 'utf8')) as { view: Record<string, unknown> }[];
    const id = 'master_0f1e2d3c';
    const view = {
      ...records[0].view,
      task_id: id,
      operation_id: id,
      status: 'running',
      finished_at: null,
    };
    writeFileSync(tasks, JSON.stringify([...records, { ...records[0], view }]));
    task = id;
  }
});
