/** Every table of a world of any kind: its files and its key. */
import type { Column } from '../domain/columns.ts';
import { FORMAT_ENDINGS, type FileFormat } from '../domain/formats.ts';
import { CLOSING, CLOSING_NOTES, DIMENSION_NOTES, DIMENSIONS } from '../domain/dimensions.ts';
import { type FactKind, keyColumns } from '../domain/fact-kind.ts';
import { FACTS } from '../domain/facts.ts';

export interface WorldTable {
  readonly name: string;
  readonly kind: 'master' | 'fact' | 'closing';
  readonly about: string;
  /** Its files within a world's folder as CSV; compressed ones have one more extension. */
  readonly files: string;
  /** Columns that are unique in combination. */
  readonly key: readonly string[];
  readonly columns: readonly Column[];
}

/** Returns the files of a table in a format, within a world's folder. */
export function filesOf({ files }: Pick<WorldTable, 'files'>, format: FileFormat): string {
  return files.slice(0, -FORMAT_ENDINGS.csv.length) + FORMAT_ENDINGS[format];
}

/** Returns the folder of a table as a Delta table, within a world's folder. */
export function deltaOf({ name }: Pick<WorldTable, 'name'>): string {
  return `delta/${name}`;
}

/** Masters, each after the tables that it refers to; then facts, then closing tables. */
export function worldTables(): readonly WorldTable[] {
  return [...inLoadOrder(masters()), ...facts(), ...closing()];
}

function masters(): WorldTable[] {
  return Object.entries<readonly Column[]>(DIMENSIONS).map(([name, columns]) => {
    const { about, key } = DIMENSION_NOTES[name as keyof typeof DIMENSIONS];
    return { name, kind: 'master', about, files: `master/${name}.csv`, key, columns };
  });
}

function facts(): WorldTable[] {
  return Object.entries<FactKind>(FACTS).map(([name, kind]) => {
    const { about, columns } = kind;
    const key = keyColumns(kind);
    return { name, kind: 'fact', about, files: `facts/${name}/dt=*/part-*.csv`, key, columns };
  });
}

function closing(): WorldTable[] {
  return Object.entries<readonly Column[]>(CLOSING).map(([name, columns]) => {
    const { about, key } = CLOSING_NOTES[name as keyof typeof CLOSING];
    return { name, kind: 'closing', about, files: `closing/${name}/part-*.csv`, key, columns };
  });
}

/** Returns the table and column that a column refers to; undefined if it declares its own key. */
export function referenceOf(
  table: string,
  { references }: Pick<Column, 'references'>,
): { readonly table: string; readonly column: string } | undefined {
  const [other, column] = references?.split('.') ?? [];
  return other === undefined || other === table ? undefined : { table: other, column };
}

function inLoadOrder(tables: readonly WorldTable[]): WorldTable[] {
  const ordered: WorldTable[] = [];
  const put = (table: WorldTable) => {
    if (ordered.includes(table)) return;
    for (const column of table.columns) {
      const name = referenceOf(table.name, column)?.table;
      const other = tables.find((each) => each.name === name);
      if (other !== undefined) put(other);
    }
    ordered.push(table);
  };
  for (const table of tables) put(table);
  return ordered;
}
