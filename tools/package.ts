/**
 * The sources as a package: JavaScript with what several entry points share in chunks of its own, the page as a
 * browser loads it, and the SQL. Libraries stay where npm puts them, each loaded when it is asked for.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { bundlePage } from '../src/api/page-bundle.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const SOURCES = path.join(ROOT, 'src');

export interface Built {
  readonly files: number;
  readonly bytes: number;
}

/** Writes the package's code to an empty folder; all but the declarations of its types. */
export async function buildPackage(folder: string): Promise<Built> {
  rmSync(folder, { recursive: true, force: true });
  await buildCode(folder);
  for (const [url, contents] of await bundlePage()) {
    const file = path.join(folder, 'page', url);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  for (const queries of ['verify', 'report']) {
    cpSync(path.join(SOURCES, queries), path.join(folder, queries), {
      recursive: true,
      filter: (file) => ['', '.sql', '.json'].includes(path.extname(file)),
    });
  }
  return sizeOf(folder);
}

/** What `exports` of package.json names, by its name in dist. */
export function libraryEntries(): Record<string, string> {
  const { exports } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { readonly default: string }>;
  };
  const names = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [path.basename(entry.default, '.js')],
  );
  return Object.fromEntries(
    names.map((name) => [name, path.join(SOURCES, 'library', `${name}.ts`)]),
  );
}

async function buildCode(folder: string): Promise<void> {
  await build({
    entryPoints: {
      cli: path.join(SOURCES, 'cli.ts'),
      ...libraryEntries(),
      ...threadEntries(SOURCES),
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    logLevel: 'warning',
  });
}

/** Modules that are threads, by their names: `x-thread.mjs` starts `x-thread.ts` where there is one. */
export function threadEntries(sources: string): Record<string, string> {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' });
  const found: Record<string, string> = {};
  for (const file of files.sort()) {
    const name = /([\w-]+-thread)\.(?:mjs|ts)$/.exec(file)?.[1];
    // In this order TypeScript replaces what only loads it.
    if (name !== undefined) found[name] = path.join(sources, file);
  }
  return found;
}

function sizeOf(folder: string): Built {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.map(
    ({ parentPath, name }) => readFileSync(path.join(parentPath, name)).length,
  );
  return { files: files.length, bytes: bytes.reduce((sum, size) => sum + size, 0) };
}
