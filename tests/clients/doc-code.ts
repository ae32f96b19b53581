/** The code of docs/loading.md, as it stands there. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const text = readFileSync(path.join(import.meta.dirname, '../../docs/loading.md'), 'utf8');

/** The blocks of a language below a heading. */
export function codeOf(heading: string, language: string): string[] {
  const section = text.split('\n## ').find((each) => each.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/loading.md has no section "${heading}"`);
  const blocks = [...section.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))];
  return blocks.map(([, code]) => code);
}
