/** The contracts as tables of Markdown. */
import { referenceOf } from '../tables/world-tables.ts';
import type { Contract } from './contract.ts';
import type { ContractColumn } from './event-columns.ts';

export function markdown(all: readonly Contract[]): string {
  return `${all.map(chapter).join('\n\n')}\n`;
}

function chapter({ name, kind, about, files, key, columns }: Contract): string {
  return [
    `## ${name}`,
    about,
    `Kind: ${kind}. Rows: \`${files}\`. Key: ${key.map((part) => `\`${part}\``).join(', ')}.`,
    [
      '| Column | Type | Null | Refers to | What it is |',
      '| --- | --- | --- | --- | --- |',
      ...columns.map((column) => row(name, column)),
    ].join('\n'),
  ].join('\n\n');
}

function row(table: string, column: ContractColumn): string {
  const { name, type, nullable, values, scale, about } = column;
  const references = referenceOf(table, column);
  const decimals = type === 'real' ? `, ${scale} decimals` : '';
  const allowed = values ? `: ${values.map((value) => `\`${value}\``).join(', ')}` : '';
  const other = references ? `\`${references.table}.${references.column}\`` : '';
  const cells = [
    `\`${name}\``,
    `${type}${decimals}${allowed}`,
    nullable ? 'yes' : '',
    other,
    about,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
