import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, nearest, OutputError, reasonOf } from '../../src/domain/errors.ts';

const COMMANDS = ['run', 'verify', 'estimate', 'status', 'master', 'clear'];

describe('nearest', () => {
  it.each([
    ['verfy', 'verify'],
    ['VERIFY', 'verify'],
    ['estiamte', 'estimate'],
    ['mastr', 'master'],
    ['rnu', 'run'],
  ])('takes "%s" for "%s"', (word, meant) => {
    expect(nearest(word, COMMANDS)).toBe(meant);
  });

  it('suggests nothing for a word that is similar to none', () => {
    expect(nearest('xylophone', COMMANDS)).toBeUndefined();
    expect(nearest('anything', [])).toBeUndefined();
  });

  it('prefers fewer edits, and the first of several with as many', () => {
    expect(nearest('stores', ['store', 'stories', 'stores'])).toBe('stores');
    expect(nearest('cat', ['bat', 'hat'])).toBe('bat');
  });

  it('finds every word itself, in whatever case', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COMMANDS), (word) => {
        expect(nearest(word.toUpperCase(), COMMANDS)).toBe(word);
      }),
    );
  });

  it('mends any one letter dropped, added or changed', () => {
    const candidate = 'geographies_master';
    fc.assert(
      fc.property(
        fc.nat(candidate.length - 1),
        fc.constantFrom('', 'q', 'qq'),
        (at, replacement) => {
          const typed = candidate.slice(0, at) + replacement + candidate.slice(at + 1);
          expect(nearest(typed, [candidate, 'stores', 'trucks'])).toBe(candidate);
        },
      ),
    );
  });
});

it('errors keep their names, whichever way they are caught', () => {
  expect(new InputError('x').name).toBe('InputError');
  expect(new OutputError('x').name).toBe('OutputError');
  expect(new InputError('x')).toBeInstanceOf(Error);
});

it('a reason is one line, whatever was thrown', () => {
  expect(reasonOf(new InputError('no such file'))).toBe('no such file');
  expect(reasonOf('plain text')).toBe('plain text');
  expect(reasonOf(undefined)).toBe('undefined');
});
