/**
 * Bundles the web page: its TypeScript, its style sheet and its libraries. In the repository this happens when
 * a server starts, for the package when it is built; nothing is written to disk here.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, build, buildSync, stop } from 'esbuild';
import { OWN_PAGE } from '../domain/own-files.ts';

const PAGE = {
  absWorkingDir: OWN_PAGE,
  entryPoints: ['main.tsx', 'live-worker.ts', 'first-paint.ts', 'main.css'],
  outdir: path.join(OWN_PAGE, 'assets'),
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
} as const satisfies BuildOptions;

/** Returns every file of the page by its path; `/index.html` is the page itself. */
export async function bundlePage(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles, metafile } = await build(PAGE);
  // esbuild's child process would keep this process running.
  await stop();

  const entries: Record<string, string> = {};
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs))
    if (entryPoint !== undefined) entries[entryPoint] = `/${file}`;
  const files = new Map(outputFiles.map((file) => [urlOf(file.path), file.contents]));
  const template = await readFile(path.join(OWN_PAGE, 'index.html'), 'utf8');
  const html = template.replaceAll(/\{\{(\S+)\}\}/g, (_, name: string) => `.${entries[name]}`);
  files.set('/index.html', Buffer.from(html));
  files.set('/favicon.svg', await readFile(path.join(OWN_PAGE, 'favicon.svg')));
  return files;
}

/** Names of the packages that are built into the page, sorted; they are not installed with it. */
export function packagesOfPage(): string[] {
  const { inputs } = buildSync(PAGE).metafile;
  const names = Object.keys(inputs).flatMap(
    (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(file)?.[1] ?? [],
  );
  return [...new Set(names)].sort();
}

function urlOf(file: string): string {
  return `/${path.relative(OWN_PAGE, file).replaceAll(path.sep, '/')}`;
}
