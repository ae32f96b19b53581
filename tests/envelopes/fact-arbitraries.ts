/**
 * Arbitrary facts: any values that the columns allow, ids of the kinds that they are documented to be,
 * and of what a fact concerns the one or the other.
 */
import type fc from 'fast-check';
import { NULL } from '../../src/domain/columns.ts';
import type { FactKind } from '../../src/domain/fact-kind.ts';
import { FACTS, type FactName, type FactRecord } from '../../src/domain/facts.ts';
import { idBase, KIND_UNIT } from '../../src/domain/ids.ts';
import { type AnyRecord, recordOf } from '../tables/arbitraries.ts';

const RECEIPT = idBase('receipt', 0);
const SOME_ID = idBase('order', 3);
const OPERATION = idBase('storeOperation', 0);

const BY_RECEIPT_OR_ORDER: ReadonlySet<FactName> = new Set(['payments', 'promotions', 'returns']);

export function factOf<Name extends FactName>(table: Name): fc.Arbitrary<FactRecord<Name>> {
  const { columns, links }: FactKind = FACTS[table];
  return recordOf([...columns, ...links]).map((record) => {
    if (record.receiptId !== undefined) asReceipt(record);
    if (BY_RECEIPT_OR_ORDER.has(table)) eitherOr(record, 'receiptId', 'orderId');
    if (table === 'stockouts') eitherOr(record, 'storeId', 'dcId');
    if (table === 'truck_moves' && record.productId === NULL) record.orderRef = NULL;
    // A closing has an opening before it.
    if (table === 'store_ops') {
      record.traceId = OPERATION + 1 + ((record.traceId as number) % (KIND_UNIT - 1));
    }
    return record as FactRecord<Name>;
  });
}

function asReceipt(record: AnyRecord): void {
  const id = record.receiptId as number;
  if (id !== NULL) record.receiptId = RECEIPT + (id % KIND_UNIT);
}

/** Of two nullable fields one is set. */
function eitherOr(record: AnyRecord, one: string, other: string): void {
  if (record[one] !== NULL) record[other] = NULL;
  else if (record[other] === NULL) record[other] = SOME_ID;
}
