/** Registers an extension in this process: validates its declarations, then adds them to the catalogue and the regions. */
import { z } from 'zod';
import { InputError } from '../domain/errors.ts';
import { EVENT_TYPES } from '../domain/event-rules.ts';
import { noteExtension, registeredExtensions } from '../domain/extensions.ts';
import { addColumns, addFact, type ExtensionFact } from '../domain/extension-tables.ts';
import { FACT_NAMES, FACTS, type FactName } from '../domain/facts.ts';
import { CLOSING, DIMENSION_NAMES } from '../domain/dimensions.ts';
import type { Column } from '../domain/columns.ts';
import { addRegionExtension, type RegionExtension } from '../entities/extension-part.ts';
import { CAST } from '../../actors/cast.ts';
import { addEffectKind, extensionEffects } from '../scenario/extension-effects.ts';
import { EFFECT_NAMES } from '../scenario/shape.ts';
import type { Extension } from './extension.ts';

const NAME = /^[a-z][a-z0-9_]*$/;
const COLUMN_NAME = /^[A-Za-z][A-Za-z0-9]*$/;
const KIND_NAME = /^[a-z][A-Za-z0-9]*$/;

const callable = z.custom((value) => typeof value === 'function', { error: 'a function' });
const EXTENSION = z.strictObject({
  name: z.string().regex(NAME, { error: 'a name of lower-case letters, digits and underscores' }),
  version: z.int({ error: 'a whole number from 1' }).min(1, { error: 'a whole number from 1' }),
  facts: z.record(z.string(), z.looseObject({}), { error: 'facts by table' }).optional(),
  columns: z
    .record(z.string(), z.array(z.looseObject({})), { error: 'columns by table' })
    .optional(),
  effects: z.record(z.string(), z.looseObject({}), { error: 'effects by kind' }).optional(),
  checks: z
    .array(z.strictObject({ statement: z.string().min(1), sql: z.string().min(1) }), {
      error: 'checks with statement and sql',
    })
    .optional(),
  statecharts: z.array(z.looseObject({ id: z.string() }), { error: 'statecharts' }).optional(),
  open: callable.optional(),
});

/**
 * Adds an extension. Registering the same module again does nothing.
 * @param module URL that other threads import
 * @throws InputError naming what is wrong; nothing is added then
 */
export function addExtension(extension: Extension, module: string): void {
  const there = registeredExtensions().find(({ name }) => name === extension?.name);
  if (there?.module === module) return;
  const problems = problemsOf(extension);
  if (there !== undefined) problems.push(`name: "${there.name}" is taken by ${there.module}`);
  if (problems.length > 0) {
    throw new InputError(`Cannot use the extension ${module}:\n  ${problems.join('\n  ')}`);
  }
  const { name, version, facts = {}, columns = {}, effects = {}, checks = [] } = extension;
  for (const [table, fact] of Object.entries(facts)) addFact(table, fact);
  for (const [table, added] of Object.entries(columns)) addColumns(table as FactName, added);
  for (const [kind, effect] of Object.entries(effects)) addEffectKind(kind, effect);
  const { statecharts = [] } = extension;
  if (extension.open !== undefined) {
    const open: RegionExtension['open'] = (region) => extension.open!(region);
    addRegionExtension({ name, statecharts, open });
  }
  noteExtension({ name, version, module, checks });
}

function problemsOf(extension: Extension): string[] {
  const parsed = EXTENSION.safeParse(extension);
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message }) => {
      const place = path.length === 0 ? 'the default export' : path.join('.');
      return `${place}: expected ${path.length === 0 ? 'an extension (see defineExtension)' : message}`;
    });
  }
  const { facts = {}, columns = {}, effects = {}, statecharts = [] } = extension;
  return [
    ...Object.entries(facts).flatMap(([table, fact]) => factProblems(table, fact)),
    ...Object.entries(columns).flatMap(([table, added]) => addedProblems(table, added)),
    ...Object.keys(effects).flatMap(kindProblems),
    ...statecharts.flatMap(({ id }) =>
      id in CAST ? [`statecharts: the id "${id}" is taken by a built-in statechart`] : [],
    ),
  ];
}

function factProblems(table: string, fact: ExtensionFact): string[] {
  const place = `facts.${table}`;
  const taken = [...FACT_NAMES, ...DIMENSION_NAMES, ...Object.keys(CLOSING)] as string[];
  const problems: string[] = [];
  if (!NAME.test(table)) {
    problems.push(`${place}: expected a name of lower-case letters, digits and underscores`);
  }
  if (taken.includes(table)) problems.push(`${place}: there is a table of this name`);
  const { columns = [], links = [], key = [], event, volume } = fact;
  problems.push(...columnProblems(place, [...columns, ...links]));
  if (columns[1]?.field !== 'eventMs' || columns[0]?.name !== 'TraceId') {
    problems.push(`${place}.columns: expected TraceId and EventTS to come first`);
  }
  if (key.length === 0) problems.push(`${place}.key: expected the columns that identify a row`);
  const names = columns.map(({ name }) => name);
  for (const term of key) {
    if (typeof term !== 'string' || names.includes(term)) continue;
    problems.push(`${place}.key: "${term}" is none of its columns`);
  }
  if (event === undefined)
    problems.push(`${place}.event: expected types, parents, correlation and partition`);
  const types = event?.types.map(({ gives }) => gives) ?? [];
  for (const type of types) {
    if (!NAME.test(type))
      problems.push(`${place}.event: "${type}" is not a valid name of an event type`);
    if ((EVENT_TYPES as readonly string[]).includes(type)) {
      problems.push(`${place}.event: the event type "${type}" is taken`);
    }
  }
  if (volume === undefined) problems.push(`${place}.volume: expected rows and bytesPerRow`);
  return problems;
}

function addedProblems(table: string, columns: readonly Column[]): string[] {
  const place = `columns.${table}`;
  if (!(FACT_NAMES as readonly string[]).includes(table)) {
    return [`${place}: there is no fact table of this name`];
  }
  const there: readonly Column[] = FACTS[table as FactName].columns;
  return columnProblems(place, [...there, ...columns]);
}

function columnProblems(place: string, columns: readonly Column[]): string[] {
  return columns.flatMap(({ name, field, type }, at) => {
    const others = columns.slice(0, at);
    if (!COLUMN_NAME.test(name ?? ''))
      return [`${place}: "${name}" is not a valid name of a column`];
    if (field === undefined || type === undefined) {
      return [`${place}.${name}: expected name, field, type and about`];
    }
    const twin = others.find((other) => other.name === name || other.field === field);
    return twin === undefined ? [] : [`${place}.${name}: name or field is that of ${twin.name}`];
  });
}

function kindProblems(kind: string): string[] {
  const isTaken = EFFECT_NAMES.includes(kind) || extensionEffects().has(kind);
  if (isTaken) return [`effects.${kind}: there is a kind of this name`];
  if (KIND_NAME.test(kind)) return [];
  return [`effects.${kind}: expected a name of letters and digits, such as loyaltyBonus`];
}
