/** The files of the web page in memory: bundled when a server starts, or read from the package. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { IS_BUILT, OWN_PAGE } from '../domain/own-files.ts';
import type { PageAsset } from './serve-page.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** Files whose names don't depend on their content. */
const CHANGING: ReadonlySet<string> = new Set(['/', '/favicon.svg']);

let loading: Promise<ReadonlyMap<string, PageAsset>> | undefined;

/** Returns every file of the page by its path, including `/`. Loaded once in a process. */
export function pageAssets(): Promise<ReadonlyMap<string, PageAsset>> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ReadonlyMap<string, PageAsset>> {
  const files = IS_BUILT
    ? await builtPage()
    : await (await import('./page-bundle.ts')).bundlePage();
  return new Map(
    [...files].map(([file, contents]) => {
      const url = file === '/index.html' ? '/' : file;
      return [url, asset(file, contents, !CHANGING.has(url))];
    }),
  );
}

/** Returns the files of the page that the build of the package created. */
async function builtPage(): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = await readdir(OWN_PAGE, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, Uint8Array]> => {
        const url = `/${path.relative(OWN_PAGE, file).replaceAll(path.sep, '/')}`;
        return [url, await readFile(file)];
      }),
    ),
  );
}

function asset(name: string, contents: Uint8Array, immutable: boolean): PageAsset {
  const body = Buffer.from(contents);
  const gzip = gzipSync(body, { level: 9 });
  return {
    body,
    gzip: gzip.length < body.length * 0.9 ? gzip : undefined,
    contentType: CONTENT_TYPES[path.extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`,
    immutable,
  };
}
