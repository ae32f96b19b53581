/** Areas: parts of states where invented places may lie. */
import type { Box } from './states.ts';

/** What the land is like; it flavours the names of the places. */
export type Terrain =
  | 'bayou'
  | 'coast'
  | 'forest'
  | 'hills'
  | 'island'
  | 'mesa'
  | 'plains'
  | 'valley';

export interface Area {
  readonly state: string;
  /** Goes into the column District; once in a state. */
  readonly district: string;
  readonly terrain: Terrain;
  /** Three-digit prefixes in use around there. */
  readonly zipPrefixes: readonly string[];
  /** Dry land well inside the state. */
  readonly box: Box;
  /** Share of the state's people, relative to its other areas. */
  readonly share: number;
  /** Where it is not the state's own. */
  readonly timeZone?: string;
}

/** The areas of one state; `prefixes` are divided by blanks. */
export function areasOf(state: string, rows: readonly AreaRow[]): Area[] {
  return rows.map(([district, terrain, prefixes, box, share, timeZone]) => ({
    state,
    district,
    terrain,
    zipPrefixes: prefixes.split(' '),
    box,
    share,
    ...(timeZone === undefined ? {} : { timeZone }),
  }));
}

type AreaRow = readonly [
  district: string,
  terrain: Terrain,
  prefixes: string,
  box: Box,
  share: number,
  timeZone?: string,
];
