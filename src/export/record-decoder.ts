/** From the fields of a row, as CSV has them, to the record that encoders take: the reverse of src/tables/encoder.ts. */
import { type Column, NULL } from '../domain/columns.ts';
import { InputError } from '../domain/errors.ts';
import { customerOfAdId, customerOfBleId, packedId } from '../domain/packed-ids.ts';

/** A record of a table; it is the same object for every row. */
export type Decoded = Record<string, number | string>;

/** Returns a function that decodes rows. It throws InputError for a field that is none of its column. */
export function recordDecoder(columns: readonly Column[]): (fields: readonly string[]) => Decoded {
  const record: Decoded = {};
  const decoders = columns.map(fieldDecoder);
  return (fields) => {
    for (let at = 0; at < columns.length; at++) {
      const value = decoders[at](fields[at]);
      if (value === undefined || Number.isNaN(value)) throw unreadable(columns[at], fields[at]);
      record[columns[at].field] = value;
    }
    return record;
  };
}

type FieldDecoder = (text: string) => number | string | undefined;

function fieldDecoder(column: Column): FieldDecoder {
  if (column.type === 'text') return (text) => text;
  const decode = filledDecoder(column);
  return column.nullable ? (text) => (text === '' ? NULL : decode(text)) : decode;
}

function filledDecoder({ type, values = [] }: Column): FieldDecoder {
  switch (type) {
    case 'id':
      return packedId;
    case 'ble':
      return customerOfBleId;
    case 'ad':
      return customerOfAdId;
    case 'instant':
      return Date.parse;
    case 'date':
      return (text) => Date.parse(`${text}T00:00:00Z`);
    case 'money':
      return (text) => (text === '' ? undefined : Math.round(Number(text) * 100));
    case 'bool':
      return (text) => (text === 'true' ? 1 : text === 'false' ? 0 : undefined);
    case 'choice': {
      const indexes = new Map(values.map((value, index) => [value, index]));
      return (text) => indexes.get(text);
    }
    default:
      return (text) => (text === '' ? undefined : Number(text));
  }
}

function unreadable({ name, type }: Column, text: string | undefined): InputError {
  const found = text === undefined ? 'missing' : JSON.stringify(text);
  return new InputError(`its column ${name} is ${found}, expected a value of type ${type}`);
}
