/** What changed between two versions of the contracts, and whether readers of the earlier one can read the later one. */
import { z } from 'zod';
import { InputError } from '../domain/errors.ts';

const FIELD = z.object({
  name: z.string(),
  type: z.string(),
  decimals: z.number().optional(),
  constraints: z.object({ required: z.boolean(), enum: z.array(z.string()).optional() }),
});
const TABLE = z.object({
  name: z.string(),
  kind: z.string(),
  fields: z.array(FIELD),
  primaryKey: z.array(z.string()),
  foreignKeys: z
    .array(
      z.object({
        fields: z.array(z.string()),
        reference: z.object({ resource: z.string(), fields: z.array(z.string()) }),
      }),
    )
    .default([]),
});
const CONTRACTS = z.object({ tables: z.array(TABLE) });

type Field = z.infer<typeof FIELD>;
type Table = z.infer<typeof TABLE>;

export interface ContractChange {
  /** `table` or `table.column`. */
  readonly where: string;
  readonly what: string;
  /** Whether a reader of the earlier version can read the later one. */
  readonly fits: boolean;
}

/**
 * Returns the tables of a schema.json.
 * @param name of the file, for messages
 * @throws InputError for a text of another form
 */
export function readContracts(text: string, name: string): readonly Table[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(
      `"${name}" is not JSON. Expected a schema.json, or what "sim schema --format json" prints.`,
    );
  }
  const read = CONTRACTS.safeParse(value);
  if (read.success) return read.data.tables;
  const [{ path, message }] = read.error.issues;
  throw new InputError(
    `"${name}" does not describe tables: ${path.join('.') || 'its value'}: ${message}. ` +
      'Expected a schema.json, or what "sim schema --format json" prints.',
  );
}

/**
 * Returns the changes from the earlier version to the later one, in the order of the tables.
 *
 * Tables of a version without events say nothing of them, so events count only if both versions have some.
 */
export function changesBetween(
  before: readonly Table[],
  after: readonly Table[],
): ContractChange[] {
  const both = [before, after].every((tables) => tables.some(({ kind }) => kind === 'event'));
  const told = ({ kind }: Table) => both || kind !== 'event';
  const was = new Map(before.filter(told).map((table) => [table.name, table]));
  const is = new Map(after.filter(told).map((table) => [table.name, table]));
  return [
    ...[...was.values()].flatMap((table) => {
      const now = is.get(table.name);
      return now === undefined
        ? [change(table.name, 'removed', false)]
        : changesOfTable(table, now);
    }),
    ...[...is.keys()].filter((name) => !was.has(name)).map((name) => change(name, 'added', true)),
  ];
}

function changesOfTable(before: Table, after: Table): ContractChange[] {
  const { name } = before;
  const now = new Map(after.fields.map((field) => [field.name, field]));
  const known = before.fields.map((field) => field.name);
  return [
    ...before.fields.flatMap((field) => {
      const where = `${name}.${field.name}`;
      const later = now.get(field.name);
      return later === undefined
        ? [change(where, 'removed', false)]
        : changesOfField(where, field, later);
    }),
    ...changesOfOrder(before, after),
    ...after.fields
      .filter((field) => !known.includes(field.name))
      .map((field) => change(`${name}.${field.name}`, 'added', true)),
    ...changesOfKeys(before, after),
  ];
}

function changesOfField(where: string, before: Field, after: Field): ContractChange[] {
  const values = (field: Field) => field.constraints.enum;
  const more = (values(after) ?? []).filter((value) => !values(before)?.includes(value));
  const fewer = (values(before) ?? []).filter((value) => !values(after)?.includes(value));
  const [least, most] = [before.decimals ?? 0, after.decimals ?? 0];
  return [
    ...when(before.type !== after.type, `type ${before.type} became ${after.type}`, false),
    ...when(least !== most, `${least} decimals became ${most}`, most < least),
    ...when(before.constraints.required && !after.constraints.required, 'may be null now', false),
    ...when(!before.constraints.required && after.constraints.required, 'is never null now', true),
    ...when(
      values(before) === undefined && values(after) !== undefined,
      'takes only stated values now',
      true,
    ),
    ...when(
      values(before) !== undefined && values(after) === undefined,
      'takes any value now',
      false,
    ),
    ...(values(before) && values(after)
      ? [
          ...when(more.length > 0, `takes new values: ${more.join(', ')}`, false),
          ...when(fewer.length > 0, `no longer takes: ${fewer.join(', ')}`, true),
        ]
      : []),
  ].map(({ what, fits }) => change(where, what, fits));
}

/** Readers of files without a header know columns by position; fields of events have none. */
function changesOfOrder(before: Table, after: Table): ContractChange[] {
  if (before.kind === 'event') return [];
  const kept = before.fields.filter(({ name }) =>
    after.fields.some((field) => field.name === name),
  );
  const moved = kept.filter(({ name }, place) => after.fields[place]?.name !== name);
  if (moved.length === 0 || kept.length < before.fields.length) return [];
  const names = moved.map(({ name }) => name).join(', ');
  return [change(before.name, `columns stand elsewhere: ${names}`, false)];
}

function changesOfKeys(before: Table, after: Table): ContractChange[] {
  const key = ({ primaryKey }: Table) => primaryKey.join(', ');
  const references = ({ foreignKeys }: Table) =>
    foreignKeys.map(
      ({ fields, reference }) =>
        `${fields.join(', ')} to ${reference.resource}.${reference.fields.join(', ')}`,
    );
  const [were, are] = [references(before), references(after)];
  const { name } = before;
  return [
    ...when(key(before) !== key(after), `key ${key(before)} became ${key(after)}`, false),
    ...were
      .filter((each) => !are.includes(each))
      .flatMap((each) => when(true, `no longer refers: ${each}`, false)),
    ...are
      .filter((each) => !were.includes(each))
      .flatMap((each) => when(true, `refers: ${each}`, true)),
  ].map(({ what, fits }) => change(name, what, fits));
}

function when(holds: boolean, what: string, fits: boolean) {
  return holds ? [{ what, fits }] : [];
}

function change(where: string, what: string, fits: boolean): ContractChange {
  return { where, what, fits };
}
