/** The answer to a query as text. */
import { stringify } from 'csv-stringify/sync';
import type { Answer } from '../query/world-query.ts';

export const ANSWER_FORMATS = ['table', 'csv', 'json', 'ndjson'] as const;
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

export function answerText(answer: Answer, format: AnswerFormat): string {
  const { columns, rows } = answer;
  const names = columns.map(({ name }) => name);
  switch (format) {
    case 'table':
      return tableText(answer);
    case 'csv':
      return stringify([names, ...rows.map((row) => row.map(plain))]);
    case 'json':
      return `${JSON.stringify(rows.map((row) => asObject(columns, row)))}\n`;
    case 'ndjson':
      return rows.map((row) => `${JSON.stringify(asObject(columns, row))}\n`).join('');
  }
}

const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|DOUBLE|FLOAT)/;

type Row = Answer['rows'][number];

function asObject(columns: Answer['columns'], row: Row) {
  return Object.fromEntries(
    columns.map(({ name, type }, index) => [name, jsonValue(type, row[index])]),
  );
}

/** Large whole numbers and decimals come as text; what a number can hold becomes one. */
function jsonValue(type: string, value: Row[number]): Row[number] {
  if (typeof value !== 'string' || !NUMERIC.test(type)) return value;
  const number = Number(value);
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : value;
}

/** A value as one field; lists and structures as JSON. */
function plain(value: Row[number]): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Columns as wide as their widest value; numbers to the right. */
function tableText({ columns, rows }: Answer): string {
  const cells = rows.map((row) => row.map(plain));
  const widths = columns.map(({ name }, index) =>
    Math.max(name.length, ...cells.map((row) => row[index].length)),
  );
  const line = (fields: readonly string[]) =>
    fields
      .map((field, index) =>
        NUMERIC.test(columns[index].type)
          ? field.padStart(widths[index])
          : field.padEnd(widths[index]),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return `${[line(columns.map(({ name }) => name)), rule, ...cells.map(line)].join('\n')}\n`;
}
