/** The API and the page as one Hono app without a socket, so that tests can send requests directly. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import type { ZodError } from 'zod';
import { redactError, withPassingSecrets } from '../domain/secret.ts';
import { compressed } from './compressed.ts';
import type { Front } from './front.ts';
import { safeHeaders } from './guard/headers.ts';
import {
  addressLimit,
  CHANGE_RATE,
  changeLimit,
  jsonOnly,
  shapeLimit,
  sizeLimit,
} from './guard/limits.ts';
import type { ChangeRate } from './guard/bucket.ts';
import { hostAndOrigin } from './guard/origin.ts';
import { nothingAt, ownMethods } from './guard/methods.ts';
import { bearer, SESSION_COOKIE } from './guard/token.ts';
import { Problem, problemResponse } from './problem.ts';
import { type OpenApiDocument, REFERENCE_CSS, referenceHtml } from './reference.ts';
import { addClearRoutes } from './routes/clear.ts';
import { addConfigRoutes } from './routes/config.ts';
import { addDeadLetterRoutes } from './routes/dead-letters.ts';
import { addDisruptionRoutes } from './routes/disruptions.ts';
import { addMetricsRoute } from './routes/metrics.ts';
import { addScenarioRoutes } from './routes/scenarios.ts';
import { addStreamRoutes } from './routes/stream.ts';
import { addStreamSettingRoutes } from './routes/stream-settings.ts';
import { addTaskRoutes } from './routes/tasks.ts';
import { addDataRoutes } from './routes/data.ts';
import { addGenerationRoutes } from './routes/generation.ts';
import { addLiveRoutes } from './routes/live.ts';
import { addMetaRoutes } from './routes/meta.ts';
import { addPage, type PageAssets } from './serve-page.ts';
import type { Services } from './services.ts';
import { VERSION } from './version.ts';

export interface AppOptions {
  readonly services: Services;
  /** The address that the server is bound to. */
  readonly host: string;
  /** Other host names of the server. */
  readonly hostNames?: readonly string[] | undefined;
  readonly changeRate?: ChangeRate;
  readonly page?: PageAssets | undefined;
  /** Called with unexpected errors. */
  readonly onFault?: (error: Error) => void;
}

const INFO = {
  openapi: '3.1.0',
  info: {
    title: 'Synthetic retail',
    version: VERSION,
    description: 'Runs, monitors and disrupts a simulated retail network.',
  },
} as const;

/** Ways to send the token; a server without a token accepts every client. */
const SECURITY = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The value of SIM_API_TOKEN.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description: 'The session from POST /api/session.',
  },
} as const;

export function controlApp(options: AppOptions): OpenAPIHono {
  const { services, host, hostNames, changeRate = CHANGE_RATE, page, onFault = () => {} } = options;
  const { front } = services;
  const app = new OpenAPIHono({
    getPath: (request, given) => front.pathOf(request, given?.env),
    defaultHook: (result) => {
      if (!result.success) throw validationProblem(result.target, result.error);
    },
  });
  app.onError((error) => {
    const response = problemResponse(error);
    if (response.status === 500) onFault(redactError(error));
    return response;
  });
  app.notFound(({ req }) => problemResponse(nothingAt(app, req.path)));
  app.use((_, next) => withPassingSecrets(next));
  app.use(compressed);
  app.use(safeHeaders);
  app.use(addressLimit);
  app.use(hostAndOrigin(host, hostNames));
  app.use(ownAddress(front));
  app.use(
    bearer({
      secret: services.token,
      sessions: services.sessions,
      guesses: services.guesses,
      clientOf: ({ req, env }) => front.clientOf(req.raw, env),
    }),
  );
  app.use(ownMethods(app));
  app.use(jsonOnly);
  app.use(sizeLimit);
  app.use(shapeLimit);
  app.use(changeLimit(changeRate, services.nowMs));
  for (const add of [
    addMetaRoutes,
    addGenerationRoutes,
    addTaskRoutes,
    addDataRoutes,
    addStreamRoutes,
    addStreamSettingRoutes,
    addDeadLetterRoutes,
    addDisruptionRoutes,
    addScenarioRoutes,
    addConfigRoutes,
    addClearRoutes,
    addMetricsRoute,
    addLiveRoutes,
  ])
    add(app, services);
  addDocumentation(app, services);
  if (page !== undefined) addPage(app, page, front);
  return app;
}

/** Redirects requests for the base path to the page, whose addresses are relative. */
function ownAddress(front: Front): MiddlewareHandler {
  return async (context, next) => {
    const there = front.redirectOf(context.req.raw, context.env);
    return there === undefined ? next() : context.redirect(there, 308);
  };
}

function addDocumentation(app: OpenAPIHono, { token, front }: Services): void {
  for (const [name, scheme] of Object.entries(SECURITY)) {
    app.openAPIRegistry.registerComponent('securitySchemes', name, scheme);
  }
  const security: Record<string, string[]>[] = [
    ...(token === undefined ? [{}] : []),
    { bearer: [] },
    { session: [] },
  ];
  const documentAt = (prefix: string) =>
    withTuples(
      app.getOpenAPI31Document({
        ...INFO,
        security,
        servers: [{ url: prefix === '' ? '/' : prefix }],
      }),
    );
  let atRoot: string | undefined;
  const text = ({ req, env }: Context) => {
    const prefix = front.prefixOf(req.raw, env);
    if (prefix !== '') return JSON.stringify(documentAt(prefix));
    atRoot ??= JSON.stringify(documentAt(''));
    return atRoot;
  };
  app.get('/openapi.json', (context) =>
    context.body(text(context), 200, { 'content-type': 'application/json' }),
  );
  app.get('/docs', (context) =>
    context.html(referenceHtml(JSON.parse(text(context)) as OpenApiDocument)),
  );
  app.get('/docs.css', (context) =>
    context.body(REFERENCE_CSS, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
}

/** Converts tuples to JSON Schema 2020-12, since the generator writes those of an older draft. */
function withTuples(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTuples);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
    if (key !== 'items' || !Array.isArray(part)) return [[key, withTuples(part)]];
    return [
      ['prefixItems', part.map(withTuples)],
      ['minItems', part.length],
      ['maxItems', part.length],
    ];
  });
  return Object.fromEntries(parts);
}

/** Returns what a rule expects, because the library's own messages for limits use symbols. */
function expectedOf(issue: ZodError['issues'][number]): string {
  if (issue.code === 'too_small' && NUMBERS.has(issue.origin)) {
    return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  }
  if (issue.code === 'too_big' && NUMBERS.has(issue.origin)) {
    return `expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
  }
  return issue.message;
}

const NUMBERS: ReadonlySet<string> = new Set(['number', 'int']);

function validationProblem(target: string, error: ZodError): Problem {
  const errors = error.issues.flatMap((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
    return keys.map((key) => ({
      field: [...issue.path, ...(key === undefined ? [] : [key])].join('.') || target,
      detail: key === undefined ? expectedOf(issue) : 'there is no such field',
    }));
  });
  const names = [...new Set(errors.map(({ field }) => field))].slice(0, 5).join(', ');
  return new Problem(400, `The request cannot be used: see ${names}.`, {
    errors: errors.slice(0, 20),
  });
}
