/**
 * The catalogue of checks: the SQL files of the folder invariants, each a SELECT of violating rows.
 *
 * A file begins with a comment of number and statement. A line `-- for each …` after it makes the file
 * a template, run for every fact table, table, reference or money column of the data catalogue. A line
 * `-- nothing to check without outages: outages` names what it is about, and the relation that has it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Column } from '../domain/columns.ts';
import { CLOSING, DIMENSIONS } from '../domain/dimensions.ts';
import { extensionVolumes } from '../domain/extension-tables.ts';
import { registeredExtensions } from '../domain/extensions.ts';
import type { FactKind } from '../domain/fact-kind.ts';
import type { IdEntity } from '../domain/ids.ts';
import type { Term } from '../domain/term.ts';
import { FACTS } from '../domain/facts.ts';
import { OWN_QUERIES } from '../domain/own-files.ts';
import { identifier, quoted } from './column-types.ts';
import { closingTable } from './files.ts';
import { lettersOf, OWNER_UNIT } from './macros.ts';

/** What a check is about: a name, and the relation that has it. */
export interface Subject {
  readonly name: string;
  /** A table, a view, or a query in brackets, as it stands after FROM. */
  readonly relation: string;
}

export interface Check {
  /** Number of the invariant, with a letter if it has several checks: `12a`; `C1` for the contract. */
  readonly id: string;
  /** The statement that must hold, one sentence. */
  readonly statement: string;
  /** Name of the SQL file. */
  readonly file: string;
  /** Whether it is about files and their text, before what the rows say. */
  readonly ofFiles: boolean;
  /** What it is about, if a line of the file says so: without any there is nothing to check. */
  readonly subject?: Subject;
  /** The queries, several for a template: each selects what violates the statement. */
  readonly queries: readonly string[];
}

const FOLDER = path.join(OWN_QUERIES, 'invariants');
const TITLE = /^(\d{2}[a-z]?|C\d+[a-z]?)\. (.+)$/;
const TEMPLATE = /^-- for each (.+)$/m;
const SUBJECT = /^-- nothing to check without ([^:\n]+): (.+)$/m;
const OF_FILES = /^C[12][a-z]?$/;

/**
 * All checks: those of files first, from which others may follow, then in the order of the invariants, then
 * those of the contract and of extensions.
 */
export function readChecks(): Check[] {
  const own = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => parseCheck(file, readFileSync(path.join(FOLDER, file), 'utf8')));
  const ofFiles = own.filter((check) => check.ofFiles);
  return [...ofFiles, ...own.filter((check) => !check.ofFiles), ...extensionChecks()];
}

/** The checks that extensions declare, numbered by their names: `loyalty.1`. */
function extensionChecks(): Check[] {
  return registeredExtensions().flatMap(({ name, module, checks }) =>
    checks.map(({ statement, sql }, index) => ({
      id: `${name}.${index + 1}`,
      statement,
      file: module,
      ofFiles: false,
      queries: [sql],
    })),
  );
}

/** The check that a SQL file holds. */
export function parseCheck(file: string, text: string): Check {
  const title = leadingComment(text);
  const match = TITLE.exec(title);
  if (match === null || !file.startsWith(`${match[1]}-`)) {
    throw new Error(
      `Cannot read ${file}: expected it to begin with a comment like "-- 12a. Statement." and its name with that number, got "${title}"`,
    );
  }
  const subject = SUBJECT.exec(text);
  return {
    id: match[1],
    statement: match[2],
    file,
    ofFiles: OF_FILES.test(match[1]),
    ...(subject !== null && { subject: { name: subject[1], relation: subject[2] } }),
    queries: queriesOf(file, text),
  };
}

function leadingComment(text: string): string {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('-- ') || TEMPLATE.test(line) || SUBJECT.test(line)) break;
    lines.push(line.slice(3).trim());
  }
  return lines.join(' ');
}

function queriesOf(file: string, text: string): string[] {
  const template = TEMPLATE.exec(text)?.[1];
  if (template === undefined) return [text];
  const fillings = FILLINGS[template];
  if (fillings === undefined) {
    throw new Error(
      `Cannot expand "for each ${template}" in ${file}: expected one of ${Object.keys(FILLINGS).join(', ')}`,
    );
  }
  return fillings().map((filling) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (!(name in filling)) throw new Error(`Cannot fill {${name}} in ${file}`);
      return filling[name];
    }),
  );
}

type Filling = Record<string, string>;

/** What the rows of a table are about, one of these, names them: their TraceId is the same. */
const NAMING = ['SessionId', 'OrderId', 'ShipmentId', 'OrderRef', 'ImpressionId'];
/** Columns with the number of a store, DC or truck. */
const OWNERS: readonly (readonly [column: string, entity: IdEntity])[] = [
  ['StoreID', 'store'],
  ['DCID', 'dc'],
  ['TruckId', 'truck'],
];

const FILLINGS: Record<string, () => Filling[]> = {
  'fact table': () =>
    Object.entries<FactKind>(FACTS).map(([table, { key }]) => ({
      table,
      key: key.map(keyPart).join(', '),
      owner: ownerOf(table),
    })),
  'named trace': () =>
    ownFacts().flatMap(([table, columns]) => {
      const named = (name: string) => columns.find((column) => column.name === name);
      const naming = NAMING.find((name) => named(name) !== undefined);
      // Rows that may lack it are of different causes; they have a check of their own.
      if (naming === undefined || named(naming)?.nullable) return [];
      return [{ table, column: naming }];
    }),
  'table with ids': () => ownFacts().map(ownedIds),
  table: () => allTables().map(([table, columns]) => ({ table, anyMissing: anyMissing(columns) })),
  reference: () =>
    allTables().flatMap(([table, columns]) =>
      columns.flatMap((column) => {
        // A key may be declared as a reference to itself where other tables share the column.
        if (column.references === undefined) return [];
        if (column.references === `${table}.${column.name}`) return [];
        const [targetTable, targetColumn] = column.references.split('.');
        const value = `f.${column.name}`;
        const shown = column.type === 'id' ? `id_text(${value})` : `${value}::VARCHAR`;
        return [{ table, column: column.name, targetTable, targetColumn, shown }];
      }),
    ),
  'money column': () =>
    allTables().flatMap(([table, columns]) =>
      columns
        .filter(({ type }) => type === 'money')
        .map((column) => ({ table, column: column.name })),
    ),
};

/** The kinds of facts that no extension declares: of others nothing more than the catalogue says is known. */
function ownFacts(): [table: string, columns: readonly Column[]][] {
  return Object.entries<FactKind>(FACTS)
    .filter(([table]) => !extensionVolumes().has(table))
    .map(([table, { columns }]) => [table, columns]);
}

/** The ids of a table that contradict the number of a store, DC or truck beside them, as a condition. */
function ownedIds([table, columns]: [string, readonly Column[]]): Filling {
  const has = (name: string) => columns.some((column) => column.name === name);
  const ids = columns.filter(({ type }) => type === 'id').map(({ name }) => name);
  const owners = OWNERS.filter(([owner]) => has(owner));
  const wrong = owners.flatMap(([owner, entity]) => {
    const letters = lettersOf(entity).map(quoted).join(', ');
    return ids.map((id) => `id_kind(${id}) IN (${letters}) AND id_entity(${id}) <> ${owner}`);
  });
  if (has('ReceiptId') && has('SessionId')) wrong.push('NOT same_number(ReceiptId, SessionId)');
  const shown = [...ids, ...owners.map(([owner]) => owner)].join(', ');
  return { table, shown, wrong: wrong.join('\n  OR ') || 'false' };
}

/** The store, DC or truck whose region a row of the table belongs to, as `id_owner` numbers them. */
function ownerOf(table: string): string {
  const columns = FACTS[table as keyof typeof FACTS].columns as readonly Column[];
  const names = columns.map(({ name }) => name);
  const terms = [
    ...(names.includes('DCID') ? [`DCID + ${OWNER_UNIT.dc}`] : []),
    ...(names.includes('StoreID') ? ['StoreID'] : []),
    ...['OrderRef', 'OrderId', 'ReceiptId', 'ImpressionId']
      .filter((name) => names.includes(name))
      .map((name) => `id_owner(${name})`),
  ];
  return terms.length === 0 ? 'id_owner(TraceId)' : `coalesce(${terms.join(', ')})`;
}

/** A part of the key of a fact and its event; movements differ by direction. */
function keyPart(term: Term): string {
  if (typeof term === 'string') return identifier(term);
  if (term.term === 'direction') return `(${identifier(term.column)} > 0)`;
  throw new Error(`Cannot check keys of facts: a term "${term.term}" is not a part of any`);
}

function allTables(): [string, readonly Column[]][] {
  return [
    ...Object.entries<readonly Column[]>(DIMENSIONS),
    ...Object.entries<readonly Column[]>(CLOSING).map(
      ([name, columns]): [string, readonly Column[]] => [closingTable(name), columns],
    ),
    ...Object.entries(FACTS).map(([name, { columns }]): [string, readonly Column[]] => [
      name,
      columns,
    ]),
  ];
}

function anyMissing(columns: readonly Column[]): string {
  return columns
    .filter(({ nullable }) => !nullable)
    .map(({ name }) => `${identifier(name)} IS NULL`)
    .join(' OR ');
}
