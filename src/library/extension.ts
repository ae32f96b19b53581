/**
 * What extensions are made of: `synthetic-retail/extension`. A module exports one by default; `registerExtension` or
 * `--extension FILE` registers it.
 *
 * @module synthetic-retail/extension
 */
export { type Column, type ColumnType, NULL, type RecordOf } from '../domain/columns.ts';
export type {
  Case,
  Cases,
  EventRef,
  EventRule,
  KeyPart,
  PartitionKey,
  PayloadKind,
} from '../domain/event-rule.ts';
export type { ExtensionCheck } from '../domain/extensions.ts';
export type { ExtensionFact } from '../domain/extension-tables.ts';
export * as columns from '../domain/fact-columns.ts';
export type { FactName, FactRecord } from '../domain/facts.ts';
export { type IdKind, ID_KINDS, idBase, idOf, sequenceOf } from '../domain/ids.ts';
export type { Json, Sections, TypedArray } from '../domain/plain-data.ts';
export type { TableVolume, VolumeDriver, VolumeRate } from '../domain/table-volume.ts';
export * as terms from '../domain/term.ts';
export { purposeKey, Substream } from '../engine/substream.ts';
export type {
  EmittedFields,
  ExtensionColumns,
  ExtensionFacts,
  ExtensionPart,
  ExtensionRegion,
  FactListeners,
} from '../entities/extension-part.ts';
export type { ActorEntity, SavedState } from '../entities/state.ts';
export { defineExtension, type Extension, extensionFact } from '../extension/extension.ts';
export type {
  ConditionMetric,
  Effects,
  HoldingEffect,
  Touched,
  WatchedCondition,
} from '../policy/effects.ts';
export type { ExtensionEffect } from '../scenario/extension-effects.ts';
