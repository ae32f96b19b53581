/** Corruptions of every column and of rows of every table, from the catalogue. */
import type { Column } from '../../../src/domain/columns.ts';
import { CLOSING, DIMENSIONS } from '../../../src/domain/dimensions.ts';
import { FACTS } from '../../../src/domain/facts.ts';
import { identifier } from '../../../src/verify/column-types.ts';
import type { Corruption } from './corruption.ts';

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly isFact: boolean;
}

export const TABLES: readonly Table[] = [
  ...Object.entries(DIMENSIONS).map(([name, columns]) => ({ name, columns, isFact: false })),
  ...Object.entries(CLOSING).map(([name, columns]) => ({
    name: `closing_${name}`,
    columns,
    isFact: false,
  })),
  ...Object.entries(FACTS).map(([name, { columns }]) => ({ name, columns, isFact: true })),
];

/** All corruptions of a table, each at `places` rows. */
export function corruptionsOf(table: Table, places: number): Corruption[] {
  return Array.from({ length: places }, (_, place) => [
    ...table.columns.flatMap((column) => ofColumn(table, column, place)),
    ...ofRows(table, place),
  ]).flat();
}

function ofColumn({ name: table }: Table, column: Column, place: number): Corruption[] {
  const name = identifier(column.name);
  const set = (kind: string, value: string, where = `${name} IS NOT NULL`): Corruption => ({
    table,
    column: column.name,
    kind,
    place,
    where,
    sql: [`UPDATE ${table} SET ${name} = ${value} WHERE rowid = {row}`],
  });
  // The value that stands nearest to the row and is another.
  const neighbour = `(
    SELECT o.${name} FROM ${table} o, (SELECT ${name} AS v FROM ${table} WHERE rowid = {row}) s
    WHERE o.${name} <> s.v ORDER BY abs(o.rowid - {row}), o.rowid LIMIT 1)`;
  const differs = `${name} IS NOT NULL AND (SELECT count(DISTINCT ${name}) FROM ${table}) > 1`;
  return [
    set('null', 'NULL'),
    set('neighbour', neighbour, differs),
    ...others(column).map(([kind, value]) => set(kind, value.replaceAll('{}', name))),
  ];
}

/** Values that are off by a unit, or another's. */
function others(column: Column): [kind: string, value: string][] {
  switch (column.type) {
    case 'int':
      return [
        ['one more', '{} + 1'],
        ['one less', '{} - 1'],
        ['tenfold', '{} * 10 + 1'],
      ];
    case 'id':
      return [
        ['one more', '{} + 1'],
        ['of another entity', '{} + 100000000'],
      ];
    case 'ble':
    case 'ad':
      return [['one more', '{} + 1']];
    case 'money':
      return [
        ['a cent more', '{} + 0.01'],
        ['with the sign changed', '-{} - 0.01'],
      ];
    case 'real':
      return [['a tenth more', '{} + 0.1']];
    case 'instant':
      return [
        ['a second later', '{} + INTERVAL 1 SECOND'],
        ['an hour earlier', '{} - INTERVAL 1 HOUR'],
        ['a day later', '{} + INTERVAL 1 DAY'],
      ];
    case 'date':
      return [['ten years later', '({} + INTERVAL 10 YEAR)::DATE']];
    case 'bool':
      return [['the opposite', 'NOT {}']];
    case 'choice': {
      const values = column.values ?? [];
      const next = values.map((value, at) => {
        const other = values[(at + 1) % values.length];
        return `WHEN '${value}' THEN '${other}'`;
      });
      return [['the next of the set', `CASE {} ${next.join(' ')} END`]];
    }
    case 'text':
      return [['cut', 'left({}, length({}) - 1)']];
  }
}

function ofRows({ name: table, columns, isFact }: Table, place: number): Corruption[] {
  const row = (kind: string, sql: string, where = 'true'): Corruption => ({
    table,
    column: 'row',
    kind,
    place,
    where,
    sql: [sql],
  });
  const all = columns.map(({ name }) => identifier(name)).join(', ');
  const part = isFact ? ', Part' : '';
  const rows = [
    row('dropped', `DELETE FROM ${table} WHERE rowid = {row}`),
    row(
      'written twice',
      `INSERT INTO ${table} (${all}${part}) SELECT ${all}${part} FROM ${table} WHERE rowid = {row}`,
    ),
  ];
  if (!isFact) return rows;
  const here = `(FROM parts WHERE Part = (SELECT Part FROM ${table} WHERE rowid = {row}))`;
  const moved = (what: string) => `(SELECT p.Part FROM parts p, ${here} h
    WHERE p.TableName = '${table}' AND ${what} ORDER BY p.Part LIMIT 1)`;
  const another = (what: string) =>
    `EXISTS (FROM parts p JOIN parts h ON h.Part = ${table}.Part
      WHERE p.TableName = '${table}' AND ${what})`;
  const days = 'p.Region = h.Region AND p.dt > h.dt';
  const regions = 'p.Region <> h.Region AND p.Region > 0 AND p.dt = h.dt';
  return [
    ...rows,
    row(
      'in the part of a later day',
      `UPDATE ${table} SET Part = ${moved(days)} WHERE rowid = {row}`,
      another(days),
    ),
    row(
      "in the other region's part",
      `UPDATE ${table} SET Part = ${moved(regions)} WHERE rowid = {row}`,
      another(regions),
    ),
  ];
}
