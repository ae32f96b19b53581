/** Describes what is wrong with a config, one line per problem: where, the value, what was expected. */
import type { z } from 'zod';
import { nearest } from '../domain/errors.ts';
import { looksLikeConnection } from '../sinks/event-hubs/config.ts';
import { CONFIG, SECRET_KEYS } from './config-schema.ts';
import type { MarketingSettings } from './marketing-schema.ts';
import { ORIGINAL_RANGES } from './opening-ranges.ts';

type Section = Readonly<Record<string, unknown>>;

/** Returns a line for each problem that the schema finds; one per path. */
export function schemaProblems(raw: unknown, issues: readonly z.core.$ZodIssue[]): string[] {
  const lines = new Map<string, string>();
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const path = [...issue.path, key].join('.');
        lines.set(path, `${path} is not a setting${suggestion(issue.path, key)}`);
      }
      continue;
    }
    const path = issue.path.join('.');
    if (lines.has(path)) continue;
    const value = valueAt(raw, issue.path);
    const isSecret =
      SECRET_KEYS.has(String(issue.path.at(-1))) ||
      (typeof value === 'string' && looksLikeConnection(value));
    const shown = isSecret ? 'set' : quoted(value);
    lines.set(path, `${path || 'the file'} is ${shown}: expected ${issue.message}`);
  }
  return [...lines.values()];
}

/** Returns a line for each combination of settings that are valid alone but contradict each other. */
export function contradictions(volume: Section): string[] {
  const lines: string[] = [];
  for (const what of Object.keys(ORIGINAL_RANGES)) {
    const min = volume[`${what}_min`];
    const max = volume[`${what}_max`];
    if (isNumber(min) && isNumber(max) && min > max) {
      lines.push(
        `volume.${what}_min is ${min}: expected at most volume.${what}_max, which is ${max}`,
      );
    }
  }
  const { dcs, stores, total_geographies: geographies } = volume;
  if (isNumber(dcs) && isNumber(geographies) && geographies > 0 && dcs > geographies) {
    lines.push(
      `volume.dcs is ${dcs}: expected at most volume.total_geographies, which is ${geographies} (each distribution center has its own)`,
    );
  }
  if (isNumber(dcs) && isNumber(stores) && stores > 0 && dcs > stores) {
    lines.push(
      `volume.dcs is ${dcs}: expected at most volume.stores, which is ${stores} (each distribution center serves a store)`,
    );
  }
  return lines;
}

/** Returns a line for each combination of advertising's settings that no world can have. */
export function marketingContradictions(marketing: MarketingSettings): string[] {
  const { spend_uplift: spend, lines_uplift: lines } = marketing;
  if (spend >= lines) return [];
  return [
    `marketing.spend_uplift is ${spend}: expected at least marketing.lines_uplift, which is ${lines} (more lines cost more)`,
  ];
}

function suggestion(path: readonly PropertyKey[], key: string): string {
  const section = path.length === 0 ? CONFIG.shape : sectionShape(String(path[0]));
  const known = Object.keys(section);
  if (path.length === 1 && path[0] === 'paths') known.push('dict');
  const best = nearest(key, known);
  if (best !== undefined) return `: did you mean ${[...path, best].join('.')}?`;
  for (const other of Object.keys(CONFIG.shape)) {
    if (Object.hasOwn(sectionShape(other), key)) return `: did you mean ${other}.${key}?`;
  }
  return `: expected one of ${known.join(', ')}`;
}

function sectionShape(name: string): Section {
  const schema = (CONFIG.shape as Section)[name] as { unwrap?: () => { shape?: Section } };
  return schema.unwrap?.().shape ?? {};
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const key of path) value = (value as Section | undefined)?.[String(key)];
  return value;
}

function quoted(value: unknown): string {
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
