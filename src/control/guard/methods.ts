/** Why no route takes a request: there is no such path, or it has other methods. */
import type { Hono } from 'hono';
import { Problem } from '../problem.ts';

export function nothingAt(app: Pick<Hono, 'routes'>, path: string): Problem {
  const allow = methodsOf(app, path);
  if (allow.length === 0) {
    return new Problem(404, 'There is nothing here; /docs lists what there is.');
  }
  return new Problem(405, `Expected ${allow.join(' or ')} here; /docs lists what there is.`, {
    allow,
  });
}

function methodsOf(app: Pick<Hono, 'routes'>, path: string): readonly string[] {
  const methods = new Set<string>();
  for (const { method, path: template } of app.routes) {
    // Guards are of all methods; the page looks for its files itself.
    if (method === 'ALL' || template.includes('*') || !fits(template, path)) continue;
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
