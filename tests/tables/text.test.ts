import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/domain/columns.ts';
import { idBase } from '../../src/domain/ids.ts';
import { moneyText, quoted, toText } from '../../src/tables/text.ts';

function column(type: Column['type'], more: Partial<Column> = {}): Column {
  return { name: 'X', field: 'x', type, about: '', ...more };
}

describe('toText', () => {
  it.each([
    [column('id'), idBase('session', 17) + 482, 'S17-482'],
    [column('instant'), Date.UTC(2024, 2, 1, 14, 5, 9, 123), '2024-03-01T14:05:09.123Z'],
    [column('int'), -12, '-12'],
    [column('money'), 1230, '12.30'],
    [column('real', { scale: 5 }), 41.25, '41.25000'],
    [column('date'), Date.UTC(2024, 2, 1), '2024-03-01'],
    [column('bool'), 0, 'false'],
    [column('bool'), 1, 'true'],
    [column('choice', { values: ['CASH', 'CHECK'] }), 1, 'CHECK'],
    [column('ble'), 1, 'BLE-2BDCC3C6'],
    [column('ad'), 1, 'AD-640AF239'],
    [column('text'), 'a,b', 'a,b'],
  ])('%o', (shown, value, text) => {
    expect(toText(shown, value)).toBe(text);
  });

  it.each(['id', 'instant', 'int', 'money', 'choice'] as const)('shows no %s as empty', (type) => {
    expect(toText(column(type, { nullable: true, values: [] }), -1)).toBe('');
  });

  it('shows -1 where there are no nulls', () => {
    expect(toText(column('int'), -1)).toBe('-1');
    expect(toText(column('money'), -1)).toBe('-0.01');
  });
});

describe('moneyText', () => {
  it('has two decimals and is worth the cents', () => {
    fc.assert(
      fc.property(fc.integer(), (cents) => {
        expect(moneyText(cents)).toMatch(/^-?\d+\.\d\d$/);
        expect(Math.round(Number(moneyText(cents)) * 100)).toBe(cents);
      }),
    );
  });
});

describe('quoted', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ['two\nlines', '"two\nlines"'],
    ['carriage\rreturn', '"carriage\rreturn"'],
  ])('%j', (text, field) => {
    expect(quoted(text)).toBe(field);
  });
});
