import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../src/domain/shell-word.ts';

describe('a word of a suggested command', () => {
  it.each([
    ['w', 'w'],
    ['C:\\worlds\\w', 'C:\\worlds\\w'],
    ['my world', '"my world"'],
    ["it's", `"it's"`],
    ['$HOME', "'$HOME'"],
  ])('%s is %s', (text, word) => expect(shellWord(text)).toBe(word));

  it.skipIf(process.platform === 'win32')('is what a shell reads', () => {
    const character = fc.constantFrom(...' abc-_/.é"\'$`!*?[]{}()<>|&;~#%=\n');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: character }), { maxLength: 40 }), (texts) => {
        const script = `printf '%s\\0' ${texts.map(shellWord).join(' ')} end`;
        const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
        expect(read.split('\0').slice(0, -2)).toEqual(texts);
      }),
    );
  });
});
