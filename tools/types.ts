/** The declarations of the library's types: of its entry points, and of what these mention. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { libraryEntries } from './package.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Writes them to `types` below a folder, laid out as the sources are; returns how many there are. */
export function declareTypes(folder: string): number {
  const types = path.join(folder, 'types');
  const project = path.join(os.tmpdir(), `synthetic-retail-types-${process.pid}.json`);
  const options = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: ROOT,
    outDir: types,
    typeRoots: [path.join(ROOT, 'node_modules/@types')],
  };
  const settings = {
    extends: path.join(ROOT, 'tsconfig.json'),
    compilerOptions: options,
    files: Object.values(libraryEntries()),
    include: [],
  };
  writeFileSync(project, JSON.stringify(settings));
  try {
    execFileSync(process.execPath, [compiler(), '-p', project], { stdio: 'inherit' });
  } finally {
    rmSync(project);
  }
  const files = readdirSync(types, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.d.ts'),
  );
  for (const file of files) nameJavaScript(path.join(types, file));
  return files.length;
}

function compiler(): string {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { tsc: string } };
  return path.join(path.dirname(manifest), bin.tsc);
}

/** Declarations name modules as they are found beside them: there is no TypeScript in the package. */
function nameJavaScript(file: string): void {
  const text = readFileSync(file, 'utf8');
  const named = text.replaceAll(/(\b(?:from |import\()['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2');
  if (named !== text) writeFileSync(file, named);
}
