/** The declarations of the library's types: of its entry points, and of what these mention. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { libraryEntries } from './package.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** A module of ours in a declaration. */
const MODULE = /(\b(?:from |import\()['"])(\.{1,2}\/[^'"]+)\.ts(?=['"])/g;

/** Writes them to `types` below a folder, laid out as the sources are; returns how many there are. */
export function declareTypes(folder: string): number {
  const types = path.join(folder, 'types');
  const project = path.join(os.tmpdir(), `synthetic-retail-types-${process.pid}.json`);
  const options = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
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
  const mentioned = new Set<string>();
  for (const name of Object.keys(libraryEntries())) {
    mention(path.join(types, 'src/library', `${name}.d.ts`), mentioned);
  }
  for (const file of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    const declaration = path.join(types, file);
    if (file.endsWith('.d.ts') && !mentioned.has(declaration)) rmSync(declaration);
  }
  return mentioned.size;
}

/**
 * Notes a declaration and all that it mentions; names modules as they are found beside them, as there is no
 * TypeScript in the package.
 */
function mention(file: string, mentioned: Set<string>): void {
  if (mentioned.has(file)) return;
  mentioned.add(file);
  const text = readFileSync(file, 'utf8');
  const named = text.replaceAll(MODULE, (_, before: string, name: string) => {
    mention(path.join(path.dirname(file), `${name}.d.ts`), mentioned);
    return `${before}${name}.js`;
  });
  writeFileSync(file, named);
}

function compiler(): string {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { tsc: string } };
  return path.join(path.dirname(manifest), bin.tsc);
}
