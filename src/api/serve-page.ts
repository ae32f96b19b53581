/** Serves the files of the web page from memory, with content types, compression and cache headers. */
import type { Context, Hono } from 'hono';
import { encodingFor } from './encoding.ts';
import type { Front, Peer } from './front.ts';
import { Problem } from './problem.ts';

export interface PageAsset {
  readonly body: Uint8Array;
  /** The compressed file; absent if compression would not save bytes. */
  readonly gzip?: Uint8Array | undefined;
  readonly contentType: string;
  /** Strong validator, with its quotes. */
  readonly etag: string;
  /** Whether its name changes with its content, so that browsers may cache it forever. */
  readonly immutable: boolean;
}

/** Returns every file of the page by its path, including `/`. */
export type PageAssets = () => Promise<ReadonlyMap<string, PageAsset>>;

/** Adds the page after all other routes. */
export function addPage(app: Pick<Hono, 'all'>, assets: PageAssets, front: Front): void {
  app.all('*', async (context, next) => {
    const { path, method } = context.req;
    if (/^\/api(\/|$)/.test(path)) return next();
    const asset = (await assets()).get(path);
    if (asset === undefined) return next();
    if (method !== 'GET' && method !== 'HEAD') {
      throw new Problem(405, 'Files of the page can only be read.', { allow: ['GET', 'HEAD'] });
    }
    const prefix = path === '/' ? front.prefixOf(context.req.raw, context.env as Peer) : '';
    return assetResponse(context, prefix === '' ? asset : below(prefix, asset));
  });
}

/**
 * Returns the page for a browser that sees the server below a base path. Its addresses are relative and would be
 * wrong for a path without a slash at its end.
 */
function below(prefix: string, { body, etag, ...rest }: PageAsset): PageAsset {
  const html = Buffer.from(body).toString('utf8').replaceAll('="./', `="${prefix}/`);
  const tag = etag.replace(/"$/, `-${Buffer.from(prefix).toString('base64url')}"`);
  return { ...rest, body: Buffer.from(html), gzip: undefined, etag: tag };
}

function assetResponse(context: Context, asset: PageAsset): Response {
  const { body, gzip, contentType, etag, immutable } = asset;
  const accepted = encodingFor(context.req.header('accept-encoding'), ['gzip']);
  const zipped = gzip !== undefined && accepted === 'gzip';
  // A strong validator identifies the bytes that are sent.
  const tag = zipped ? etag.replace(/"$/, '-gz"') : etag;
  const headers: Record<string, string> = {
    'content-type': contentType,
    etag: tag,
    vary: 'accept-encoding',
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  const known = context.req.header('if-none-match')?.split(/\s*,\s*/) ?? [];
  if (known.includes(tag) || known.includes('*'))
    return new Response(null, { status: 304, headers });
  if (zipped) headers['content-encoding'] = 'gzip';
  const content = zipped ? gzip : body;
  headers['content-length'] = String(content.byteLength);
  return new Response(content as Uint8Array<ArrayBuffer>, { headers });
}
