/** Why no route takes a request: there is no such path, or it has other methods. */
import type { Hono, MiddlewareHandler } from 'hono';
import { Problem } from '../problem.ts';

type Routes = Pick<Hono, 'routes'>;

/**
 * A path that is spelt out has its own methods alone: `POST /api/generate/historical/status` is no table of the
 * name "status", as `POST /api/generate/historical/{table}` would take it.
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

/** Methods of the path that fits best: the one with the fewest parameters. */
function methodsOf(app: Routes, path: string): readonly string[] {
  let fewest = Number.POSITIVE_INFINITY;
  const methods = new Set<string>();
  for (const { method, path: template } of app.routes) {
    // Guards are of all methods; the page looks for its files itself.
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
