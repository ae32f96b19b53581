/** The data dictionary: every table and column of a world, generated from the catalogue. */
import type { Column, ColumnType } from '../domain/columns.ts';
import { CLOSING, CLOSING_NOTES, DIMENSION_NOTES, DIMENSIONS } from '../domain/dimensions.ts';
import { eventTypesOf, partitionKeysOf } from '../domain/event-rules.ts';
import { FACT_NAMES, FACTS, type FactName } from '../domain/facts.ts';
import type { FactKind } from '../domain/fact-kind.ts';
import { formatId, ID_KINDS, idBase } from '../domain/ids.ts';
import type { Term } from '../domain/term.ts';
import { toText } from './text.ts';

interface Table {
  readonly name: string;
  readonly about: string;
  /** Path of its files within a world's folder. */
  readonly files: string;
  readonly key: readonly string[];
  readonly columns: readonly Column[];
  /** For a fact table: the event types that carry its rows. */
  readonly events?: {
    readonly types: readonly string[];
    readonly partitionKeys: readonly string[];
  };
}

/** The whole dictionary as Markdown. */
export function dataDictionary(): string {
  return [
    '# Data dictionary',
    '<!-- Made by `npm run docs` from src/domain. Changes by hand are lost. -->',
    'Every table of a world, column by column, in the order of the files.',
    ...conventions(),
    ...chapter(
      'Facts',
      'What happened, one row at a time. `dt` is the UTC date of EventTS, `<region>` the number of the distribution center (DC) whose region it happened in. A part has rows, in order of time: where a region has none of a table on a day there is no part. A table without any row in the whole world keeps one file with its header, `part-0.csv` of the first day.',
      FACT_NAMES.map(factTable),
    ),
    ...chapter(
      'Masters',
      'The dimensions, and the stock that the world begins with.',
      Object.entries(DIMENSIONS).map(([name, columns]) => {
        const note = DIMENSION_NOTES[name as keyof typeof DIMENSIONS];
        return { name, columns, ...note, files: `master/${name}.csv` };
      }),
    ),
    ...chapter(
      'Closing',
      'Where the goods are at the end of the history, for audits: the opening stock plus all movements. Each run replaces these files.',
      Object.entries(CLOSING).map(([name, columns]) => {
        const note = CLOSING_NOTES[name as keyof typeof CLOSING];
        return { name, columns, ...note, files: `closing/${name}/part-<region>.csv` };
      }),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

const SESSION_ID = idBase('session', 17) + 482;

/** What the types mean, each with an example. */
const TYPES: Record<ColumnType, { about: string; value: number | string }> = {
  id: { about: 'id of a fact or a device, see below', value: SESSION_ID },
  instant: { about: 'ISO 8601, UTC, milliseconds', value: Date.UTC(2024, 2, 1, 14, 5, 9, 123) },
  date: { about: 'day', value: Date.UTC(2024, 2, 1) },
  int: { about: 'whole number', value: -12 },
  money: { about: 'dollars, always with two decimals', value: 1230 },
  real: { about: 'number with the decimals that the column says', value: 41.25 },
  bool: { about: '`true` or `false`', value: 1 },
  choice: { about: 'one of the values that the column lists', value: 0 },
  ble: { about: "pseudonym of a customer's phone on the radio", value: 1 },
  ad: { about: 'pseudonym of a customer in advertising', value: 1 },
  text: { about: 'anything; in quotes where RFC 4180 asks for them', value: 'Baby & Kids' },
};

const ENTITIES = { store: 'store', dc: 'DC', truck: 'truck' } as const;

function conventions(): string[] {
  return [
    '## Conventions',
    [
      '- CSV as in RFC 4180: UTF-8, a header row, LF line ends.',
      '- A null is an empty field. Columns that know it say so.',
      '- Instants are UTC to the millisecond; opening hours follow the local time of each store.',
      '- Money is in dollars with two decimals and exact: prices, taxes and totals are computed in whole cents.',
      '- Entities have numbers from 1 per table. A region has the number of its DC.',
      '- BLE and ad ids are pseudonyms of customers, the same for ever; customers.BLEId and customers.AdId join them.',
      '- Columns keep name and place; new ones are only appended.',
      '- Events are the types of event that stand for a row on a stream, one event a row; the partition key is what such a stream is divided by.',
    ].join('\n'),
    '### Types',
    table(
      ['Type', 'Text', 'Example'],
      Object.entries(TYPES).map(([type, { about, value }]) => {
        const values = ['CREDIT_CARD'];
        const column = { type: type as ColumnType, scale: 2, values, name: '', field: '', about };
        return [type, about, code(toText(column, value))];
      }),
    ),
    '### Ids',
    `An id is a letter for its kind, the number of a store, DC or truck, a dash, and a number from 0 that counts within kind and entity: ${code(formatId(SESSION_ID))} is session 482 of store 17. Ids are unique over the whole life of a world and the same whenever it is made again.`,
    table(
      ['Letter', 'Number of', 'Names'],
      Object.values(ID_KINDS).map(({ letter, entity, about }) => [
        code(letter),
        ENTITIES[entity],
        about,
      ]),
    ),
  ];
}

function factTable(name: FactName): Table {
  const { about, key, columns }: FactKind = FACTS[name];
  const files = `facts/${name}/dt=YYYY-MM-DD/part-<region>.csv`;
  const events = { types: eventTypesOf(name), partitionKeys: partitionKeysOf(name) };
  return { name, about, files, key: key.map(keyText), columns, events };
}

/** A part of a key: a column, or a value derived from one. */
function keyText(term: Term): string {
  if (typeof term === 'string') return term;
  return term.term === 'text' ? term.text : `${term.term} of ${term.column}`;
}

function chapter(title: string, about: string, tables: readonly Table[]): string[] {
  return [
    `## ${title}`,
    about,
    table(
      ['Table', 'One row is'],
      tables.map(({ name, about: row }) => [`[${name}](#${name})`, row]),
    ),
    ...tables.flatMap(section),
  ];
}

function section({ name, about, files, key, columns, events }: Table): string[] {
  const properties = [`- Files: ${code(files)}`, `- Key: ${key.join(', ')}`];
  if (events !== undefined) {
    const types = events.types.map(code).join(', ');
    properties.push(`- Events: ${types}; partition key: ${events.partitionKeys.join(' or ')}`);
  }
  return [
    `### ${name}`,
    about,
    properties.join('\n'),
    table(
      ['Column', 'Type', 'Null', 'References', 'About'],
      columns.map((column) => [
        column.name,
        typeText(column),
        column.nullable ? 'yes' : '',
        referenceText(name, column),
        aboutText(column),
      ]),
    ),
  ];
}

function typeText({ type, scale }: Column): string {
  return type === 'real' ? `real, ${scale} decimals` : type;
}

function referenceText(name: string, { references }: Column): string {
  const [other] = references?.split('.') ?? [name];
  return other === name ? '' : `[${references}](#${other})`;
}

function aboutText({ about, values }: Column): string {
  return values === undefined ? about : `${about} One of ${values.map(code).join(', ')}.`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
