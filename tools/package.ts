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
/** Libraries that are copied into the package: with all that they come with, npm would install 40 MB. */
const COPIED = ['date-holidays'];

export interface Built {
  readonly files: number;
  readonly bytes: number;
}

/** Writes the package's code to an empty folder; all but the declarations of its types. */
export async function buildPackage(folder: string): Promise<Built> {
  rmSync(folder, { recursive: true, force: true });
  await buildCode(folder);
  for (const name of COPIED) await copyLibrary(name, folder);
  for (const [url, contents] of await bundlePage()) {
    const file = path.join(folder, 'page', url);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  cpSync(path.join(SOURCES, 'verify'), path.join(folder, 'verify'), {
    recursive: true,
    filter: (file) => path.extname(file) === '' || file.endsWith('.sql'),
  });
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

/** Writes a library with all that it needs as one file, and their licences beside it. */
async function copyLibrary(name: string, folder: string): Promise<void> {
  const { metafile } = await build({
    stdin: { contents: `module.exports = require('${name}')`, resolveDir: ROOT },
    outfile: path.join(folder, `${name}.cjs`),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  const packages = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const inside = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (inside !== undefined) packages.add(inside);
  }
  const licences = [...packages].sort().map((inside) => licenceOf(path.join(ROOT, inside)));
  writeFileSync(path.join(folder, `${name}.licences.txt`), licences.join('\n\n'));
}

/** Name, version and licence of an installed package. Throws where it comes without the text of its licence. */
function licenceOf(folder: string): string {
  const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8');
  const { name, version, license } = JSON.parse(manifest) as Record<string, string>;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`Cannot copy ${name}: it has no file with its licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
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
