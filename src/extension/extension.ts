/** An extension: facts, columns, effects, actors and checks in addition to the built-in ones. */
import type { AnyStateMachine } from 'xstate';
import type { Column } from '../domain/columns.ts';
import type { ExtensionCheck } from '../domain/extensions.ts';
import type { ExtensionFact } from '../domain/extension-tables.ts';
import type {
  ExtensionColumns,
  ExtensionFacts,
  ExtensionPart,
  ExtensionRegion,
} from '../entities/extension-part.ts';
import type { ExtensionEffect } from '../scenario/extension-effects.ts';

/** The default export of an extension's module. */
export interface Extension<
  Facts extends ExtensionFacts = ExtensionFacts,
  Columns extends ExtensionColumns = ExtensionColumns,
> {
  /** Lower-case letters, digits and underscores; used in checkpoints, checks and messages. */
  readonly name: string;
  /** A whole number from 1. Increase it when the same seed produces other facts; older worlds are then not continued. */
  readonly version: number;
  /** Kinds of facts, by table. */
  readonly facts?: Facts;
  /** Columns at the end of built-in tables; `before` of the part sets them. */
  readonly columns?: Columns;
  /** Kinds of effects that scenario files may contain. */
  readonly effects?: Readonly<Record<string, ExtensionEffect>>;
  /** Checks of the files for `sim verify`. */
  readonly checks?: readonly ExtensionCheck[];
  /** The statecharts of its actors, each with an id of its own. */
  readonly statecharts?: readonly AnyStateMachine[];
  /** Called for each region of a world, in the thread that simulates it. */
  readonly open?: (region: ExtensionRegion<Facts>) => ExtensionPart<Columns>;
}

/** Returns the extension unchanged, with the types of its facts and columns. */
export function defineExtension<
  const Facts extends ExtensionFacts = Record<never, never>,
  const Columns extends ExtensionColumns = Record<never, never>,
>(extension: Extension<Facts, Columns>): Extension<Facts, Columns> {
  return extension;
}

/** Declares a kind of fact of an extension, with the types of its columns. */
export function extensionFact<
  const Columns extends readonly Column[],
  const Links extends readonly Column[] = readonly [],
>(
  fact: Omit<ExtensionFact, 'columns' | 'links'> & {
    /** Columns of its table. */
    readonly columns: Columns;
    /** Fields of a record that events need and files don't have. */
    readonly links?: Links;
  },
): ExtensionFact & {
  /** As given. */
  readonly columns: Columns;
  /** As given; none without them. */
  readonly links: Links;
} {
  return { ...fact, links: fact.links ?? ([] as unknown as Links) };
}
