/** The OpenAPI document as a judge: whether an answer is what it promises. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { OpenAPIHono } from '@hono/zod-openapi';

interface Content {
  readonly [type: string]: { readonly schema: object };
}

export interface Operation {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: object;
  }[];
  readonly body: object | undefined;
  readonly answers: Readonly<Record<string, Content | undefined>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface RawOperation {
  readonly parameters?: Operation['parameters'];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export class OpenApi {
  readonly operations: readonly Operation[];
  readonly document: Document;
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly validators = new Map<object, ValidateFunction>();

  private constructor(document: Document) {
    this.document = document;
    (formats as unknown as (ajv: Ajv2020) => void)(this.ajv);
    this.ajv.addSchema({ $id: 'doc', components: document.components });
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => ({
        method: method.toUpperCase(),
        path,
        parameters,
        body: requestBody?.content['application/json']?.schema,
        answers: Object.fromEntries(
          Object.entries(responses).map(([status, { content }]) => [status, content]),
        ),
      })),
    );
  }

  static async of(app: OpenAPIHono): Promise<OpenApi> {
    const response = await app.request('/openapi.json', { headers: { host: 'localhost' } });
    return new OpenApi((await response.json()) as Document);
  }

  /** The operation that a request meets: of the path that fits best, the one with the fewest parameters. */
  find(method: string, path: string): Operation | undefined {
    const fits = this.operations.filter((operation) => matches(operation.path, path));
    const parameters = ({ path: template }: Operation) => template.split('{').length;
    const fewest = Math.min(...fits.map(parameters));
    return fits.find((each) => each.method === method && parameters(each) === fewest);
  }

  /** What is wrong with an answer; undefined if nothing is. */
  fault(
    method: string,
    path: string,
    status: number,
    type: string,
    body: string,
  ): string | undefined {
    const operation = this.find(method, path);
    if (operation === undefined)
      return status >= 400 ? undefined : `no operation ${method} ${path}`;
    const where = `${method} ${operation.path} ${status}`;
    if (!(String(status) in operation.answers)) return `${where} is not documented: ${body}`;
    const content = operation.answers[status] ?? {};
    const mime = type.split(';')[0];
    if (content[mime] === undefined) return `${where} has the type ${mime}, undocumented`;
    if (!mime.endsWith('json')) return undefined;
    const { schema } = content[mime];
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return `${where} is no JSON: ${body.slice(0, 200)}`;
    }
    const validate = this.validator(schema);
    if (validate(value)) return undefined;
    return `${where} breaks its schema: ${this.ajv.errorsText(validate.errors)}\n${body.slice(0, 500)}`;
  }

  private validator(schema: object): ValidateFunction {
    let validate = this.validators.get(schema);
    if (validate === undefined) {
      const text = JSON.stringify(schema).replaceAll('"#/components', '"doc#/components');
      validate = this.ajv.compile(JSON.parse(text));
      this.validators.set(schema, validate);
    }
    return validate;
  }
}

function matches(template: string, path: string): boolean {
  const parts = template.split('/');
  const given = path.split('/');
  return (
    parts.length === given.length &&
    parts.every((part, at) => (part.startsWith('{') ? given[at] !== '' : part === given[at]))
  );
}
