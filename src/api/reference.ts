/** Renders the OpenAPI document as an HTML page without external resources. */
import { escapeHtml } from '../domain/html.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Content {
  readonly [type: string]: { readonly schema?: Schema };
}

interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content: Content; readonly required?: boolean };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Content }>
  >;
}

export interface OpenApiDocument {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description?: string;
  };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const METHODS = ['get', 'post', 'put', 'delete'] as const;

/** Returns the page as HTML. */
export function referenceHtml(document: OpenApiDocument): string {
  const groups = new Map<string, string[]>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      const tag = operation.tags?.[0] ?? 'other';
      const list = groups.get(tag) ?? [];
      list.push(operationHtml(method, path, operation));
      groups.set(tag, list);
    }
  }
  const { title, version, description = '' } = document.info;
  const index = [...groups.keys()]
    .map((tag) => `<a href="#${anchor(tag)}">${escapeHtml(tag)}</a>`)
    .join(' ');
  const sections = [...groups].map(
    ([tag, list]) =>
      `<section id="${anchor(tag)}"><h2>${escapeHtml(tag)}</h2>${list.join('')}</section>`,
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<article id="schema-${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${schemaHtml(schema)}</article>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}: API reference</title>
<link rel="stylesheet" href="docs.css">
</head>
<body>
<header><h1>${escapeHtml(title)}</h1><p>Version ${escapeHtml(version)}. ${escapeHtml(description)} The same for programs: <a href="openapi.json">openapi.json</a>.</p><nav>${index} <a href="#schemas">Schemas</a></nav></header>
<main>
${sections.join('\n')}
<section id="schemas"><h2>Schemas</h2>${schemas.join('')}</section>
</main>
</body>
</html>
`;
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const { summary = '', description, parameters = [], requestBody, responses } = operation;
  const rows = parameters.map(
    ({ name, in: where, required, description: about = '', schema = {} }) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required ? '' : ' <i>optional</i>'}</td><td>${where}</td><td>${schemaHtml(schema)}</td><td>${escapeHtml(about)}</td></tr>`,
  );
  const answers = Object.entries(responses).map(
    ([status, { description: about, content = {} }]) => {
      const bodies = Number(status) < 400 ? contentHtml(content) : '';
      return `<tr><td><code>${escapeHtml(status)}</code></td><td>${escapeHtml(about)}${bodies}</td></tr>`;
    },
  );
  return `<article>
<h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code></h3>
<p>${escapeHtml(summary)}</p>${description === undefined ? '' : `<p>${escapeHtml(description)}</p>`}
${rows.length === 0 ? '' : `<table><caption>Parameters</caption>${rows.join('')}</table>`}
${requestBody === undefined ? '' : `<h4>Body${requestBody.required ? '' : ' (optional)'}</h4>${contentHtml(requestBody.content)}`}
<details><summary>Answers</summary><table>${answers.join('')}</table></details>
</article>`;
}

function contentHtml(content: Content): string {
  return Object.entries(content)
    .map(
      ([type, { schema = {} }]) =>
        `<div><small>${escapeHtml(type)}</small> ${schemaHtml(schema)}</div>`,
    )
    .join('');
}

function schemaHtml(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(schemaHtml).join(' or ');
  if (schema.properties !== undefined) return propertiesHtml(schema);
  if (schema.items !== undefined) return `list of ${schemaHtml(schema.items)}`;
  if (typeof schema.additionalProperties === 'object')
    return `any names, each ${schemaHtml(schema.additionalProperties)}`;
  return escapeHtml(simpleText(schema));
}

function propertiesHtml({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties).map(([name, schema]) => {
    const optional = required.includes(name) ? '' : ' <i>optional</i>';
    const about = schema.description === undefined ? '' : ` ${escapeHtml(schema.description)}`;
    return `<li><code>${escapeHtml(name)}</code>${optional}: ${schemaHtml(schema)}${about}</li>`;
  });
  return `<ul>${rows.join('')}</ul>`;
}

function simpleText(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined)
    return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const { minimum, maximum, format } = schema;
  const type = [schema.type ?? 'anything'].flat().join(' or ');
  const range =
    minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? '…'} to ${maximum ?? '…'}`;
  const fallback =
    schema.default === undefined ? '' : `, ${JSON.stringify(schema.default)} by default`;
  return `${type}${format === undefined ? '' : ` (${format})`}${range}${fallback}`;
}

function anchor(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

export const REFERENCE_CSS = `:root { color-scheme: light dark; --line: #8884; --accent: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --accent: #8ab4f8; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
a { color: var(--accent); }
nav a { margin-right: .75rem; white-space: nowrap; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .25rem 1rem .75rem; margin: 1rem 0; overflow-x: auto; }
h3 { font-size: 1rem; margin: .5rem 0; }
h4 { font-size: .9rem; margin: .5rem 0 0; }
.method { font-weight: 700; letter-spacing: .03em; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; font-size: .9rem; }
td { border-top: 1px solid var(--line); padding: .25rem .5rem .25rem 0; vertical-align: top; }
code { font-family: ui-monospace, monospace; font-size: .9em; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
`;
