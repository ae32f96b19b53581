/** Rows of hand-made worlds: what a test does not say is filled in, so that new columns don't concern it. */
import { type Column, NULL } from '../../src/domain/columns.ts';
import { DIMENSIONS, type DimensionName } from '../../src/domain/dimensions.ts';
import { FACTS, type FactName, type FactRecord } from '../../src/domain/facts.ts';
import { idBase } from '../../src/domain/ids.ts';
import type { Fields, TinyFiles } from '../verify/tiny-files.ts';

export function addFact<Name extends FactName>(
  files: TinyFiles,
  name: Name,
  row: Partial<FactRecord<Name>> & Fields,
): void {
  files.fact(name, { ...blank(FACTS[name].columns), ...row });
}

export function addDimension(files: TinyFiles, name: DimensionName, row: Fields): void {
  files.dimension(name, { ...blank(DIMENSIONS[name]), ...row });
}

function blank(columns: readonly Column[]): Fields {
  return Object.fromEntries(columns.map((column) => [column.field, blankValue(column)]));
}

function blankValue({ type, nullable }: Column): number | string {
  if (type === 'text') return '';
  if (nullable) return NULL;
  return type === 'id' ? idBase('session', 1) : 0;
}
