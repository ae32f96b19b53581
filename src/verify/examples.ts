/** Rows of violations in readable form: ids as in the files, not as loaded. */
import type { Column } from '../domain/columns.ts';
import { FACTS } from '../domain/facts.ts';
import { AD_PREFIX, BLE_PREFIX, formatId, KIND_UNIT } from '../domain/ids.ts';

const ID_NAMES = Object.values(FACTS).flatMap(({ columns }) =>
  (columns as readonly Column[]).filter(({ type }) => type === 'id').map(({ name }) => name),
);
/** Also matches NextSessionId and the like. */
const ID_NAME = new RegExp(`(${[...new Set(ID_NAMES), 'DeviceId'].join('|')})$`);

/** Returns the row with packed ids and pseudonyms as text. */
export function readable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, readableValue(name, value)]),
  );
}

function readableValue(name: string, value: unknown): unknown {
  if (value === null) return null;
  if (ID_NAME.test(name)) return Number(value) >= KIND_UNIT ? formatId(Number(value)) : value;
  if (name === 'CustomerBLEId' || name === 'BLEId') return pseudonym(BLE_PREFIX, value);
  if (name === 'CustomerAdId' || name === 'AdId') return pseudonym(AD_PREFIX, value);
  return value;
}

function pseudonym(prefix: string, value: unknown): string {
  return prefix + Number(value).toString(16).toUpperCase().padStart(8, '0');
}
