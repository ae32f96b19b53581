/** Imports between files, and the circles among them. */
import path from 'node:path';

/** By file: the files that it imports. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** Relative imports of a file, of types as well as values, those on demand included. */
export function importsOf(file: string, code: string): string[] {
  const targets = code.matchAll(/(?:\bfrom |\bimport |\bimport\()'(\.[^']+)'/g);
  const folder = path.posix.dirname(file);
  return [...targets].map(([, target]) => path.posix.join(folder, target));
}

/** One circle, the shortest, for each group of files that import each other, such as `a → b → a`. */
export function circlesIn(imports: Imports): string[] {
  const found = new Set<string>();
  const named = new Set<string>();
  for (const file of [...imports.keys()].sort()) {
    if (named.has(file)) continue;
    const circle = shortestCircle(file, imports);
    if (circle === undefined) continue;
    for (const member of circle) named.add(member);
    found.add([...circle, file].join(' → '));
  }
  return [...found];
}

/** The files on the shortest way from a file back to itself, itself first. */
function shortestCircle(start: string, imports: Imports): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const waiting = [start];
  for (const file of waiting) {
    for (const target of imports.get(file) ?? []) {
      if (target === start) {
        const way = [file];
        while (way[0] !== start) way.unshift(cameFrom.get(way[0]) as string);
        return way;
      }
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, file);
      waiting.push(target);
    }
  }
  return undefined;
}
