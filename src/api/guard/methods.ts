/** The problem of a request without a route: unknown path, or wrong method. */
import type { Hono, MiddlewareHandler } from 'hono';
import { Problem } from '../problem.ts';

type Routes = Pick<Hono, 'routes'>;

/**
 * Refuses wrong methods of paths without parameters: `POST /api/generate/historical/status` must not match
 * `POST /api/generate/historical/{table}` as a table "status".
 */
export function ownMethods(app: Routes): MiddlewareHandler {
  return async ({ req }, next) => {
    const { path, method } = req;
    const allow = methodsOf(app, path);
    if (allow.length > 0 && !allow.includes(method)) throw nothingAt(app, path);
    await next();
  };
}

export function nothingAt(app: Routes, path: string): Problem {
  const allow = methodsOf(app, path);
  if (allow.length === 0) {
    return new Problem(404, 'There is nothing here; /docs lists what there is.');
  }
  return new Problem(405, `Expected ${allow.join(' or ')} here; /docs lists what there is.`, {
    allow,
  });
}

/** Returns the methods of the best matching path: the one with the fewest parameters. */
function methodsOf(app: Routes, path: string): readonly string[] {
  let fewest = Number.POSITIVE_INFINITY;
  const methods = new Set<string>();
  for (const { method, path: template } of app.routes) {
    // Guards match all methods; the page finds its files itself.
    if (method === 'ALL' || template.includes('*') || !fits(template, path)) continue;
    const parameters = template.split(':').length;
    if (parameters > fewest) continue;
    if (parameters < fewest) methods.clear();
    fewest = parameters;
    methods.add(method);
    if (method === 'GET') methods.add('HEAD');
  }
  return [...methods].sort();
}

function fits(template: string, path: string): boolean {
  const parts = template.split('/');
  const given = path.split('/');
  return (
    parts.length === given.length &&
    parts.every((part, at) => (part.startsWith(':') ? given[at] !== '' : part === given[at]))
  );
}
