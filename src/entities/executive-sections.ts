/** The state of a region's executive as sections of a checkpoint: one for each typed array, the rest as plain data. */
import type { Json, Sections, TypedArray } from '../domain/plain-data.ts';
import type { ExecutiveState } from '../engine/executive.ts';
import type { SavedState } from './state.ts';

export function executiveSections(state: ExecutiveState): Sections {
  const sections: Sections = {};
  const plain: Record<string, Json> = {};
  const names: string[] = [];
  const walk = (path: string, value: object) => {
    for (const [key, field] of Object.entries(value)) {
      const name = `${path}/${key}`;
      if (ArrayBuffer.isView(field)) {
        sections[name] = field as TypedArray;
        names.push(name);
      } else if (field !== null && typeof field === 'object' && !Array.isArray(field)) {
        walk(name, field);
      } else plain[name] = field;
    }
  };
  walk('executive', state);
  return { ...sections, executive: plain, 'executive/sections': names };
}

/** The inverse of `executiveSections`. */
export function executiveStateOf(saved: SavedState): ExecutiveState {
  type Branch = { [key: string]: unknown };
  const state: Branch = {};
  const place = (name: string, value: unknown) => {
    const parts = name.split('/').slice(1);
    let at = state;
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Branch;
    }
    at[parts[parts.length - 1]] = value;
  };
  for (const [name, value] of Object.entries(saved.json<Branch>('executive'))) place(name, value);
  for (const name of saved.json<string[]>('executive/sections')) place(name, saved.array(name));
  return state as unknown as ExecutiveState;
}
