/** Every reference is checked: every column that names something, and every cause. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/domain/columns.ts';
import { CLOSING } from '../../src/domain/dimensions.ts';
import type { EventRef, EventRule } from '../../src/domain/event-rule.ts';
import { EVENT_RULES } from '../../src/domain/event-rules.ts';
import type { FactKind } from '../../src/domain/fact-kind.ts';
import { FACT_NAMES, FACTS, type FactName } from '../../src/domain/facts.ts';
import { readChecks } from '../../src/verify/checks.ts';

const checks = new Map(
  readChecks().map(({ id, file }) => [
    id,
    readFileSync(new URL(`../../src/verify/invariants/${file}`, import.meta.url), 'utf8'),
  ]),
);
/** The branches of a check, as lines of words. */
const branchesOf = (id: string) => (checks.get(id) ?? '').split(/^UNION ALL$/m);
const speaksOf = (text: string, word: string) => new RegExp(`\\b${word}\\b`).test(text);

/** Ids that stand for nothing in another table. */
const NAMES_ITSELF: ReadonlySet<string> = new Set([
  // 48a checks what it names.
  'TraceId',
  'TransactionId',
  'CreativeId',
  // 30c checks them against the layout of stores.
  'SensorId',
  'BeaconId',
]);
/** Columns that their table gives out, and others name. */
const GIVEN_OUT: ReadonlySet<string> = new Set([
  'foot_traffic.SessionId',
  'truck_moves.ShipmentId',
  'reorders.OrderRef',
  'marketing.ImpressionId',
]);
/** Columns that another check than 02b resolves, by its number. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'truck_inventory.OrderRef': '16c',
  'online_order_status.NodeID': '39b',
  'closing_in_transit.ShipmentId': '17b',
};
/** Summaries that stand for a table in SQL. */
const READ_AS: Readonly<Record<string, readonly string[]>> = {
  foot_traffic: ['sessions', 'visits'],
  zone_changes: ['session_zones'],
  ble_pings: ['session_pings'],
  truck_moves: ['trips'],
  store_inventory_txn: ['stock_moves'],
  dc_inventory_txn: ['stock_moves'],
};
const namesOf = (table: string) => [table, ...(READ_AS[table] ?? [])];

/** Rules are shared by the movements of stores and DCs; goods are brought back to stores alone. */
const NEVER: ReadonlySet<string> = new Set(['dc_inventory_txn after returns']);

/** Whether files can show the cause: a link is in none. */
function isInFiles(table: FactName, { id }: EventRef): boolean {
  const links = (FACTS[table] as FactKind).links.map(({ name }) => name);
  return !id.some((term) => typeof term === 'string' && links.includes(term));
}

const tables: [string, readonly Column[]][] = [
  ...FACT_NAMES.map((table): [string, readonly Column[]] => [table, FACTS[table].columns]),
  ...Object.entries<readonly Column[]>(CLOSING).map(
    ([table, columns]): [string, readonly Column[]] => [`closing_${table}`, columns],
  ),
];

describe('every reference is checked to exist', () => {
  it.each(tables)('%s', (table, columns) => {
    const trusted = columns.filter(({ name, type, references }) => {
      const namesSomething = type === 'id' || /I[Dd]$/.test(name);
      if (!namesSomething || references !== undefined || NAMES_ITSELF.has(name)) return false;
      const column = `${table}.${name}`;
      if (GIVEN_OUT.has(column)) return false;
      const check = ELSEWHERE[column] ?? '02b';
      return !branchesOf(check).some(
        (branch) => namesOf(table).some((as) => speaksOf(branch, as)) && speaksOf(branch, name),
      );
    });
    const names = trusted.map(({ name }) => name);
    expect(names, 'give them `references`, or check them in 02b-other-references.sql').toEqual([]);
  });
});

/** Which check sees that the cause of a fact comes before it; 48b unless it says so here. */
const CAUSE_CHECKED_BY: Readonly<Record<string, string>> = {
  'receipts after foot_traffic': '29a',
  'zone_changes after foot_traffic': '30b',
  'ble_pings after foot_traffic': '30a',
  'foot_traffic after foot_traffic': '32a',
  'truck_moves after truck_moves': '22a',
  'online_order_status after online_order_status': '39a',
  'store_ops after store_ops': '34d',
  'returns after receipt_lines': '41a',
  'store_inventory_txn after returns': '41c',
  'stockouts after store_inventory_txn': '20a',
  'stockouts after dc_inventory_txn': '20a',
};

describe('every cause of a fact is checked to come before it', () => {
  it.each(FACT_NAMES)('%s', (table) => {
    const { parents } = EVENT_RULES[table] as EventRule;
    const refs = parents.flatMap(({ gives }) => (gives === null ? [] : [gives]));
    const causes = new Set(refs.filter((each) => isInFiles(table, each)).map((each) => each.table));
    const trusted = [...causes].filter((cause: FactName) => {
      if (NEVER.has(`${table} after ${cause}`)) return false;
      const check = CAUSE_CHECKED_BY[`${table} after ${cause}`] ?? '48b';
      return !branchesOf(check).some((branch) =>
        [table, cause].every((each) => namesOf(each).some((as) => speaksOf(branch, as))),
      );
    });
    expect(trusted, 'check them in 48b-causes-come-first.sql').toEqual([]);
  });
});
