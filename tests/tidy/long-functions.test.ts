/** Functions of more than 70 lines: existing ones are listed until they are split; no others may be added. */
import { describe, expect, it } from 'vitest';
import { LONG_FUNCTIONS } from './long-functions.ts';
import { filesIn, read } from './sources.ts';

const LIMIT = 70;
/** Where a function or a method begins. */
const HEAD =
  /^( *)(?:export |default |async |static |private |protected |override |get |set )*(?:function\*? (\w+)|(?:const|let) (\w+)(?:: [^=]+)? = (?:async )?(?:<.*>)?\(|(?!if|for|while|switch|catch|return|with|await|new|super|throw\b)\*?#?(\w+)(?:<[^>]*>)?\()/;

const found = filesIn(['src', 'actors'], /\.tsx?$/).flatMap((file) =>
  functionsOf(read(file))
    .filter(({ lines }) => lines > LIMIT)
    .map(({ name }) => `${file} ${name}`),
);

describe('functions of more than 70 lines', () => {
  it('are not added', () => {
    expect(found.filter((name) => !LONG_FUNCTIONS.includes(name))).toEqual([]);
  });

  it('leave the list when they are split', () => {
    expect(LONG_FUNCTIONS.filter((name) => !found.includes(name))).toEqual([]);
  });
});

/** Functions and methods with their lines; the formatter gives head and end the same indentation. */
function functionsOf(text: string): { name: string; lines: number }[] {
  const rows = text.split('\n');
  const functions: { name: string; lines: number }[] = [];
  rows.forEach((row, start) => {
    const head = HEAD.exec(row);
    if (head === null) return;
    const [, indentation, ...names] = head;
    const atLevel = (line: string) =>
      line.startsWith(indentation) &&
      !/^\s/.test(line.slice(indentation.length)) &&
      line.trim() !== '';
    let body = start;
    // A head over several lines ends where the indentation is its own again.
    if (!row.endsWith('{') || /\(\{?$/.test(row)) {
      body = rows.findIndex((line, at) => at > start && atLevel(line));
      if (body < 0 || !/^[)}].*\{$/.test(rows[body].trim())) return;
    }
    const end = rows.findIndex((line, at) => at > body && atLevel(line));
    if (end < 0 || !/^\}/.test(rows[end].trim())) return;
    functions.push({
      name: names.find((name) => name !== undefined) ?? '',
      lines: end - start + 1,
    });
  });
  return functions;
}
