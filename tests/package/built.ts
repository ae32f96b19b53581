/** The package as it would be installed, in a folder of a test's. */
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { buildPackage } from '../../tools/package.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Builds it into `folder`, with what `files` of package.json names beside the code; without declarations. */
export async function builtPackage(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await buildPackage(path.join(folder, 'dist'));
  for (const file of ['package.json', 'dictionaries', 'scenarios', 'src/sim.mjs']) {
    cpSync(path.join(ROOT, file), path.join(folder, file), {
      recursive: true,
      filter: (source) => !source.endsWith('.ts'),
    });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
}

/** What a module of the package loads before it runs: its own chunks with their bytes, and packages. */
export function loadedWith(dist: string, entry: string) {
  const chunks = new Set<string>();
  const packages = new Set<string>();
  let bytes = 0;
  const follow = (file: string) => {
    if (chunks.has(file)) return;
    chunks.add(file);
    const code = readFileSync(path.join(dist, file), 'utf8');
    bytes += code.length;
    for (const [, name] of code.matchAll(/^(?:import|export)\b[^;]*?["']([^"']+)["'];$/gm)) {
      if (name.startsWith('./')) follow(name.slice(2));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  };
  follow(entry);
  return { chunks, packages, bytes };
}
