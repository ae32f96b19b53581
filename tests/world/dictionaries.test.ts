import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEPARTMENTS } from '../../src/domain/values.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { dictionaries, dictionaryCopy, editLines, messageOf } from './fixtures.ts';

/** Cells of a line that holds no quotes. */
function cellsOf(lines: string[], line: number): string[] {
  return lines[line - 1].split(',');
}

/** Puts `value` into a cell; `line` counts from 1, the header included. */
function setCell(folder: string, file: string, line: number, column: string, value: string): void {
  editLines(folder, file, (lines) => {
    const cells = cellsOf(lines, line);
    cells[lines[0].split(',').indexOf(column)] = value;
    lines[line - 1] = cells.join(',');
  });
}

/** Spoils a copy and gives the message of loading it. */
function messageAfter(spoil: (folder: string) => void): string {
  const folder = dictionaryCopy();
  spoil(folder);
  return messageOf(() => loadDictionaries(folder));
}

describe('the own dictionaries', () => {
  it('are as large as promised', () => {
    expect(dictionaries.places.length).toBeGreaterThanOrEqual(578);
    expect(dictionaries.firstNames.length).toBeGreaterThanOrEqual(312);
    expect(dictionaries.lastNames.length).toBeGreaterThanOrEqual(363);
    expect(dictionaries.companies.length).toBeGreaterThanOrEqual(112);
    expect(dictionaries.brands.length).toBeGreaterThanOrEqual(629);
    expect(dictionaries.baseProducts.length).toBeGreaterThanOrEqual(599);
  });

  it('lose no row', () => {
    const text = readFileSync(join(dictionaries.folder, 'first_names.csv'), 'utf8');
    expect(dictionaries.firstNames.length).toBe(text.trimEnd().split('\n').length - 1);
  });

  it('have a digest that any change of content changes', () => {
    const folder = dictionaryCopy();
    expect(loadDictionaries(folder).sha256).toBe(dictionaries.sha256);
    editLines(folder, 'first_names.csv', (lines) => lines.splice(1, 1));
    expect(loadDictionaries(folder).sha256).not.toBe(dictionaries.sha256);
  });
});

describe('a fault in a cell', () => {
  it.each([
    ['geographies.csv', 'State', 'XX', 'the postal code of a state, such as TX'],
    ['geographies.csv', 'Zip', '1234', 'five digits'],
    ['geographies.csv', 'Latitude', '12N', 'a number from -85 to 85'],
    ['geographies.csv', 'Longitude', '-181', 'a number from -180 to 180'],
    ['geographies.csv', 'TimeZone', 'America/Atlantis', 'an IANA time zone'],
    ['geographies.csv', 'Population', '0', 'a whole number from 1'],
    ['geographies.csv', 'City', '', 'a text that is not empty'],
    ['geographies.csv', 'District', ' x', 'no blanks before or after'],
    ['tax_rates.csv', 'Rate', '8.25', 'a number from 0 to 0.25'],
    ['products.csv', 'BasePrice', '0', 'a price from 0.10'],
    ['products.csv', 'BasePrice', '-3.00', 'a price such as 4.99'],
    ['products.csv', 'BasePrice', '$3', 'a price such as 4.99'],
    ['products.csv', 'Department', 'Grocerie', '(did you mean "Grocery"?)'],
    ['products.csv', 'Taxable', 'yes', 'true or false'],
    ['products.csv', 'CasePack', '0', 'a whole number from 1 to 1000'],
    ['product_brands.csv', 'Company', 'Nobody Inc', 'a company of product_companies.csv'],
    ['product_brands.csv', 'Category', 'Toys', 'one of Grocery, Electronics'],
    ['product_companies.csv', 'Category', 'Toys', 'one of Grocery, Electronics'],
    ['blocklist.csv', 'Kind', 'dog', 'one of person, brand, company, city'],
  ])('%s, %s "%s"', (file, column, value, expected) => {
    const message = messageAfter((folder) => setCell(folder, file, 3, column, value));
    expect(message).toContain(`${file}, line 3, column ${column}: cannot use "${value}"`);
    expect(message).toContain(expected);
  });

  it('names a state without a tax rate', () => {
    const message = messageAfter((folder) => {
      editLines(folder, 'tax_rates.csv', (lines) => lines.splice(1, 1));
    });
    expect(message).toMatch(/geographies\.csv, line \d+, column State: .* tax_rates\.csv has/);
  });

  it('knows real names', () => {
    const message = messageAfter((folder) => {
      editLines(folder, 'blocklist.csv', (lines) => {
        lines.splice(1, 0, `company,${dictionaries.companies[3]}`);
      });
    });
    expect(message).toContain('product_companies.csv, line 5, column Company');
    expect(message).toContain('an invented name');
  });
});

describe('a fault in a row or file', () => {
  it('names a ragged row', () => {
    const short = messageAfter((folder) => {
      editLines(folder, 'tax_rates.csv', (lines) => {
        lines[3] = 'TX';
      });
    });
    expect(short).toBe(
      'tax_rates.csv, line 4: 1 fields, expected 2 as in the header; the line is "TX"',
    );
    const blank = messageAfter((folder) => {
      editLines(folder, 'first_names.csv', (lines) => lines.splice(9, 0, ''));
    });
    expect(blank).toContain('first_names.csv, line 10, column FirstName');
  });

  it('names a repeated key', () => {
    for (const file of ['first_names.csv', 'products.csv', 'product_brands.csv', 'tax_rates.csv']) {
      const message = messageAfter((folder) => {
        editLines(folder, file, (lines) => lines.splice(4, 0, lines[1]));
      });
      expect(message).toContain(`${file}, line 5, column`);
      expect(message).toContain('something that line 2 does not have already');
    }
  });

  it('names a missing, repeated or misspelt column', () => {
    const header = (file: string, from: string, to: string) =>
      messageAfter((folder) => {
        editLines(folder, file, (lines) => {
          lines[0] = lines[0].replace(from, to);
        });
      });
    expect(header('geographies.csv', 'Zip', 'PostCode')).toContain(
      'geographies.csv, line 1: no column Zip; expected City,State,Zip',
    );
    expect(header('tax_rates.csv', 'Rate', 'State')).toContain('column State occurs twice');
    expect(header('products.csv', 'CasePack', 'CasePak')).toContain(
      'unknown column "CasePak", did you mean "CasePack"?',
    );
  });

  it('notices a file that is cut off', () => {
    const path = (folder: string) => join(folder, 'products.csv');
    const message = messageAfter((folder) => {
      const text = readFileSync(path(folder), 'utf8');
      writeFileSync(path(folder), text.slice(0, -2));
    });
    expect(message).toContain('the last line has no line end');
  });

  it.each([
    ['', 'empty, expected a header and rows'],
    ['\n', 'empty, expected a header and rows'],
    ['FirstName\n', 'no rows after the header'],
    ['FirstName\n"Ada\n', 'Quote Not Closed'],
  ])('refuses the file %j', (text, part) => {
    const message = messageAfter((folder) => writeFileSync(join(folder, 'first_names.csv'), text));
    expect(message).toContain('first_names.csv');
    expect(message).toContain(part);
  });

  it('refuses bytes that are not UTF-8, and names a missing file', () => {
    const bytes = messageAfter((folder) =>
      writeFileSync(join(folder, 'last_names.csv'), Uint8Array.of(0x4c, 0xff, 0x0a)),
    );
    expect(bytes).toContain('last_names.csv');
    const missing = messageAfter((folder) => rmSync(join(folder, 'tax_rates.csv')));
    expect(missing).toContain('tax_rates.csv');
  });
});

describe('foreign dictionaries', () => {
  it('may leave out columns with defaults, and have columns of their own', () => {
    const folder = dictionaryCopy();
    rmSync(join(folder, 'blocklist.csv'));
    writeFileSync(
      join(folder, 'products.csv'),
      [
        'Remark,ProductName,BasePrice,Department,Category,Subcategory',
        'x,Plain Milk,3.49,Grocery,Dairy,Milk',
        'x,Plain Rice,8.99,Grocery,Pantry,Rice',
        'x,Plain Drill,129.00,Home & Garden,Tools,Drills',
        ...DEPARTMENTS.map((name) => `x,Plain ${name} Thing,1.99,${name},Things,Things`),
        '',
      ].join('\r\n'),
    );
    const { baseProducts, realPeople } = loadDictionaries(folder);
    const named = baseProducts.slice(0, 3);
    expect(named.map(({ refrigerated }) => refrigerated)).toEqual([true, false, false]);
    expect(named.map(({ taxable }) => taxable)).toEqual([false, false, true]);
    expect(named.map(({ casePack }) => casePack)).toEqual([24, 12, 2]);
    expect(realPeople.size).toBeGreaterThan(0);
  });

  it('are refused when the file was cut off at the end of a line', () => {
    const folder = dictionaryCopy();
    const file = join(folder, 'products.csv');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${lines.slice(0, 100).join('\n')}\n`);
    expect(() => loadDictionaries(folder)).toThrow(/no product of .*Is the file cut off\?/);
  });
});
