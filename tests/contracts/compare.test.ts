/** Every kind of change between two versions, and whether a reader of the earlier one survives it. */
import { describe, expect, it } from 'vitest';
import { changesBetween, readContracts } from '../../src/contracts/compare.ts';
import { contracts } from '../../src/contracts/contract.ts';
import { contractsJson } from '../../src/contracts/contracts-json.ts';
import { schemaJson } from '../../src/tables/schema-json.ts';

const VERSION = 4;
type Tables = ReturnType<typeof readContracts>;
const read = () => readContracts(contractsJson(contracts(), VERSION), 'now') as Writable<Tables>;
type Writable<Value> = { -readonly [Key in keyof Value]: Writable<Value[Key]> };
type Table = Writable<Tables>[number];

const table = (tables: Writable<Tables>, name: string) =>
  tables.find((each) => each.name === name) as Table;
const field = ({ fields }: Table, name: string) =>
  fields.find((each) => each.name === name) as Table['fields'][number];

/** Each change that an edit makes, as `where: what`, and whether it fits. */
function changesOf(edit: (tables: Writable<Tables>) => void): [string, boolean][] {
  const edited = read();
  edit(edited);
  return changesBetween(read(), edited).map(({ where, what, fits }) => [`${where}: ${what}`, fits]);
}

describe('a change of the contracts', () => {
  it('is none between equal versions, or between files and the program', () => {
    expect(changesOf(() => {})).toEqual([]);
    expect(changesBetween(readContracts(schemaJson(VERSION), 'world'), read())).toEqual([]);
  });

  it.each<[string, (tables: Writable<Tables>) => void, [string, boolean][]]>([
    [
      'a table goes',
      (tables) => tables.splice(tables.indexOf(table(tables, 'returns')), 1),
      [['returns: removed', false]],
    ],
    [
      'a table comes',
      (tables) => tables.push({ ...table(tables, 'returns'), name: 'visits' }),
      [['visits: added', true]],
    ],
    [
      'a column goes',
      (tables) => table(tables, 'returns').fields.pop(),
      [[expect.stringMatching(/^returns\.\w+: removed$/) as unknown as string, false]],
    ],
    [
      'a column is appended',
      (tables) => {
        const { fields } = table(tables, 'returns');
        fields.push({ ...fields[0], name: 'Last' });
      },
      [['returns.Last: added', true]],
    ],
    [
      'a column is inserted',
      (tables) => {
        const { fields } = table(tables, 'store_ops');
        fields.splice(3, 0, { ...fields[0], name: 'Early' });
      },
      [
        ['store_ops: columns stand elsewhere: Operation', false],
        ['store_ops.Early: added', true],
      ],
    ],
    [
      'a field of an event is inserted',
      (tables) => {
        const { fields } = table(tables, 'store_opened');
        fields.splice(3, 0, { ...fields[0], name: 'early' });
      },
      [['store_opened.early: added', true]],
    ],
    [
      'a type changes',
      (tables) => {
        field(table(tables, 'receipts'), 'StoreID').type = 'string';
      },
      [['receipts.StoreID: type integer became string', false]],
    ],
    [
      'decimals grow',
      (tables) => {
        field(table(tables, 'receipts'), 'Tax').decimals = 4;
      },
      [['receipts.Tax: 2 decimals became 4', false]],
    ],
    [
      'a column may be null, another never is',
      (tables) => {
        field(table(tables, 'receipts'), 'Tax').constraints.required = false;
        field(table(tables, 'payments'), 'OrderId').constraints.required = true;
      },
      [
        ['receipts.Tax: may be null now', false],
        ['payments.OrderId: is never null now', true],
      ],
    ],
    [
      'values come and go',
      (tables) => {
        const { constraints } = field(table(tables, 'payments'), 'PaymentMethod');
        constraints.enum = [
          ...(constraints.enum ?? []).filter((each) => each !== 'CHECK'),
          'SHELLS',
        ];
      },
      [
        ['payments.PaymentMethod: takes new values: SHELLS', false],
        ['payments.PaymentMethod: no longer takes: CHECK', true],
      ],
    ],
    [
      'values are no longer stated',
      (tables) => {
        field(table(tables, 'payments'), 'PaymentMethod').constraints.enum = undefined;
      },
      [['payments.PaymentMethod: takes any value now', false]],
    ],
    [
      'the key and a reference change',
      (tables) => {
        table(tables, 'receipts').primaryKey = ['TraceId'];
        table(tables, 'receipts').foreignKeys[0].reference.resource = 'shops';
      },
      [
        ['receipts: key ReceiptId became TraceId', false],
        ['receipts: no longer refers: StoreID to stores.ID', false],
        ['receipts: refers: StoreID to shops.ID', true],
      ],
    ],
  ])('is told when %s', (_, edit, expected) => {
    expect(changesOf(edit)).toEqual(expected);
  });

  it('is refused of a text that describes no tables', () => {
    expect(() => readContracts('{', 'x.json')).toThrow('"x.json" is not JSON.');
    expect(() => readContracts('{"tables":[{}]}', 'x.json')).toThrow(
      /^"x.json" does not describe tables: tables\.0\.name: /,
    );
  });
});
