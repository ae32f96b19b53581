/**
 * The SQL of a report: tables that the statistics share (folder base), the statistics, and pictures. Each file begins with
 * a comment that says in words what it computes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OWN_REPORT } from '../domain/own-files.ts';

export interface Query {
  /** Name of its file, without a number before and the ending. */
  readonly name: string;
  /** What it computes, in words. */
  readonly definition: string;
  readonly sql: string;
}

/** The queries of a folder in the order of their files. */
export function queriesIn(folder: 'base' | 'statistics' | 'pictures'): Query[] {
  const root = path.join(OWN_REPORT, folder);
  return readdirSync(root)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      const name = file.replace(/^\d+-/, '').replace('.sql', '');
      return { name, definition: definitionOf(text), sql: withoutComments(text) };
    });
}

/** The names among `tables` that queries read. */
export function tablesRead(queries: readonly Query[], tables: readonly string[]): string[] {
  return tables.filter((table) => queries.some(({ sql }) => reads(sql, table)));
}

/** Whether a query reads a table of a name. */
function reads(sql: string, table: string): boolean {
  return new RegExp(`\\b${table}\\b`).test(sql);
}

function definitionOf(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  return lines
    .slice(0, end)
    .map((line) => line.slice(3).trim())
    .join(' ');
}

function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n');
}
