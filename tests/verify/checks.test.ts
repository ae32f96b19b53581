import { describe, expect, it } from 'vitest';
import { FACT_NAMES } from '../../src/domain/facts.ts';
import { parseCheck, readChecks } from '../../src/verify/checks.ts';

const checks = readChecks();

describe('the catalogue of checks', () => {
  it('has every invariant that files can show', () => {
    const numbers = new Set(checks.map(({ id }) => Number.parseInt(id, 10)).filter((n) => n > 0));
    const expected = [...Array.from({ length: 43 }, (_, index) => index + 1), 48, 49, 50, 51, 55];
    expect([...numbers]).toEqual(expected);
  });

  it('gives each check its own number, in order', () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const ofFiles = ids.filter((id) => /^C[12]/.test(id));
    const rest = ids.filter((id) => !ofFiles.includes(id));
    expect(ids).toEqual([...ofFiles.sort(), ...rest.sort()]);
  });

  it('names what a check is about by a relation that is there', () => {
    for (const { id, subject } of checks) {
      if (subject === undefined) continue;
      expect(subject.name, id).toMatch(/^[a-z][^.]*$/);
      expect(subject.relation, id).toMatch(/^\w+$|^\(.*\)$/);
    }
  });

  it('states each in one sentence', () => {
    for (const { id, statement } of checks) {
      expect(statement, id).toMatch(/^[A-Z0-9].*[^.]\.$/);
      expect(statement, id).not.toMatch(/[a-z]\. [A-Z]/);
    }
  });

  it('expands a template over all fact tables', () => {
    const { queries } = checks.find(({ id }) => id === '43b')!;
    expect(queries).toHaveLength(FACT_NAMES.length);
    FACT_NAMES.forEach((table, index) => {
      expect(queries[index]).toContain(`FROM ${table}\n`);
    });
  });

  it('leaves no placeholder', () => {
    for (const { queries } of checks) {
      for (const query of queries) expect(query).not.toMatch(/\{[a-zA-Z]\w*\}/);
    }
  });
});

describe('parseCheck', () => {
  it('reads number, statement and query', () => {
    const text = '-- 12a. Stock is\n-- never lost.\nSELECT 1';
    expect(parseCheck('12a-stock.sql', text)).toEqual({
      id: '12a',
      statement: 'Stock is never lost.',
      file: '12a-stock.sql',
      ofFiles: false,
      queries: [text],
    });
  });

  it('reads what it is about', () => {
    const text =
      '-- C2. Fields are\n-- clean.\n-- nothing to check without fields: (FROM a)\nSELECT 1';
    expect(parseCheck('C2-fields.sql', text)).toMatchObject({
      statement: 'Fields are clean.',
      ofFiles: true,
      subject: { name: 'fields', relation: '(FROM a)' },
    });
  });

  it.each([
    ['without a comment', '12a-stock.sql', 'SELECT 1', /begin with a comment/],
    ['of another number', '13-stock.sql', '-- 12. Holds.\nSELECT 1', /with that number/],
    [
      'with an unknown template',
      '12-stock.sql',
      '-- 12. Holds.\n-- for each day\nSELECT 1',
      /"for each day"/,
    ],
    [
      'with an unknown placeholder',
      '12-stock.sql',
      '-- 12. Holds.\n-- for each fact table\nFROM {tabel}',
      /\{tabel\}/,
    ],
  ])('refuses a file %s', (_what, file, text, message) => {
    expect(() => parseCheck(file, text)).toThrow(message);
  });
});
