/**
 * The web page as files in memory: its TypeScript, its style sheet and the libraries that it uses, bundled
 * when a server starts. Nothing is built by hand and nothing is written to the disk.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type OutputFile, build, stop } from 'esbuild';
import type { PageAsset } from './serve-page.ts';

const FOLDER = fileURLToPath(new URL('../page/', import.meta.url));
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

let loading: Promise<ReadonlyMap<string, PageAsset>> | undefined;

/** Every file of the page by its path, `/` included. Bundled once a process. */
export function pageAssets(): Promise<ReadonlyMap<string, PageAsset>> {
  loading ??= bundle();
  return loading;
}

async function bundle(): Promise<ReadonlyMap<string, PageAsset>> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: FOLDER,
    entryPoints: ['main.tsx', 'live-worker.ts', 'first-paint.ts', 'main.css'],
    outdir: path.join(FOLDER, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    loader: { '.woff2': 'file' },
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  // esbuild's helper process would keep this one alive.
  await stop();

  const entries: Record<string, string> = {};
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs))
    if (entryPoint !== undefined) entries[entryPoint] = `/${file}`;
  const assets = new Map(outputFiles.map((file) => [urlOf(file), asset(file.path, file.contents)]));
  const template = await readFile(path.join(FOLDER, 'index.html'), 'utf8');
  const html = template.replaceAll(/\{\{(\S+)\}\}/g, (_, name: string) => `.${entries[name]}`);
  assets.set('/', { ...asset('index.html', Buffer.from(html)), immutable: false });
  const icon = await readFile(path.join(FOLDER, 'favicon.svg'));
  assets.set('/favicon.svg', { ...asset('favicon.svg', icon), immutable: false });
  return assets;
}

function urlOf({ path: file }: OutputFile): string {
  return `/${path.relative(FOLDER, file).replaceAll(path.sep, '/')}`;
}

function asset(name: string, contents: Uint8Array): PageAsset {
  const body = Buffer.from(contents);
  const gzip = gzipSync(body, { level: 9 });
  return {
    body,
    gzip: gzip.length < body.length * 0.9 ? gzip : undefined,
    contentType: CONTENT_TYPES[path.extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`,
    immutable: true,
  };
}
