/** The contracts as Avro schemas: one record for each, in an array. */
import type { Contract } from './contract.ts';
import type { ContractColumn } from './event-columns.ts';

const NAMESPACE = 'synthetic_retail';

export function avro(all: readonly Contract[]): string {
  return `${JSON.stringify(all.map(record), null, 2)}\n`;
}

function record({ name, about, columns }: Contract) {
  return { type: 'record', name, namespace: NAMESPACE, doc: about, fields: columns.map(field) };
}

function field(column: ContractColumn) {
  const { name, nullable, about } = column;
  const type = avroType(column);
  return nullable
    ? { name, doc: about, type: ['null', type], default: null }
    : { name, doc: about, type };
}

/** Values of a choice may contain blanks, which the names of an Avro enum can't. */
function avroType({ type, scale }: ContractColumn) {
  switch (type) {
    case 'instant':
      return { type: 'long', logicalType: 'timestamp-millis' };
    case 'date':
      return { type: 'int', logicalType: 'date' };
    case 'int':
      return 'int';
    case 'money':
      return decimal(2);
    case 'real':
      return decimal(scale ?? 0);
    case 'bool':
      return 'boolean';
    default:
      return 'string';
  }
}

function decimal(scale: number) {
  return { type: 'bytes', logicalType: 'decimal', precision: 18, scale };
}
