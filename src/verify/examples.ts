/** Rows of violations in readable form: ids as in the files, not as loaded. */
import type { Column } from '../domain/columns.ts';
import { FACTS } from '../domain/facts.ts';
import { AD_PREFIX, BLE_PREFIX, formatId, KIND_UNIT } from '../domain/ids.ts';

/** Matches the names of columns with ids; also NextSessionId and the like. */
function idName(): RegExp {
  const names = Object.values(FACTS).flatMap(({ columns }) =>
    (columns as readonly Column[]).filter(({ type }) => type === 'id').map(({ name }) => name),
  );
  return new RegExp(`(${[...new Set(names), 'DeviceId'].join('|')})$`);
}

/** Returns the row with packed ids and pseudonyms as text. */
export function readable(row: Record<string, unknown>): Record<string, unknown> {
  const isId = idName();
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, readableValue(name, value, isId)]),
  );
}

function readableValue(name: string, value: unknown, isId: RegExp): unknown {
  if (value === null) return null;
  if (isId.test(name)) return Number(value) >= KIND_UNIT ? formatId(Number(value)) : value;
  if (name === 'CustomerBLEId' || name === 'BLEId') return pseudonym(BLE_PREFIX, value);
  if (name === 'CustomerAdId' || name === 'AdId') return pseudonym(AD_PREFIX, value);
  return value;
}

function pseudonym(prefix: string, value: unknown): string {
  return prefix + Number(value).toString(16).toUpperCase().padStart(8, '0');
}
