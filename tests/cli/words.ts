/** Words of a command line; a text in quotes is one, and so is a path below `base`, whatever `base` holds. */
export function wordsOf(line: string, base: string): string[] {
  return [...line.replaceAll(base, '\0').matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) =>
    (quoted ?? word).replaceAll('\0', base),
  );
}
