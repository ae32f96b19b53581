/** The program as one bundle, for tests that start it often: it begins in a third of the time that its sources take. */
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { threadEntries } from '../../tools/package.ts';

/** Where a module is, except where it names a thread: those are in the bundle. */
const HERE = /(?<!-thread\.mjs', )import\.meta\.url/g;

/**
 * Bundles the program into a folder; returns the file to run. Whatever its modules read beside themselves is that of
 * the sources.
 * @param cli its src/cli.ts
 */
export async function bundleProgram(folder: string, cli: string): Promise<string> {
  const root = path.dirname(path.dirname(cli));
  mkdirSync(folder, { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const here = JSON.stringify(pathToFileURL(cli).href);
  await build({
    entryPoints: { cli, ...threadEntries(path.dirname(cli)) },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    external: [
      '@duckdb/*',
      '@observablehq/*',
      '@toondepauw/*',
      'esbuild',
      'linkedom',
      'node-sqlite3-wasm',
      'pg',
      'pg-copy-streams',
      'tsx',
    ],
    banner: {
      js: `import { createRequire as requireOf } from 'node:module'; const require = requireOf(${here});`,
    },
    plugins: [
      {
        name: 'modules-stay-where-they-are',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
            const url = JSON.stringify(pathToFileURL(file).href);
            const contents = readFileSync(file, 'utf8').replaceAll(HERE, url);
            const isMap = path.basename(file) === 'own-files.ts';
            return { loader: 'ts', contents: isMap ? withThreadsHere(contents) : contents };
          });
        },
      },
    ],
  });
  return path.join(folder, 'cli.mjs');
}

/** The map of the program's files, with the threads where the bundle is. */
function withThreadsHere(map: string): string {
  const here = "new URL(name.replace(/.*\\//, './') + '.mjs', import.meta.url)";
  const inSources = map.replace('export function threadModule', 'function inSources');
  return `${inSources}; export const threadModule: typeof inSources = (name) => ${here};`;
}
