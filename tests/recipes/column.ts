/** A column: the size of the party on its receipt. */
import type { Recipe } from './recipe.ts';
import { anotherWorld } from './world-version.ts';

export const COLUMN: Recipe = {
  title: 'A column',
  places: [
    {
      file: 'src/domain/facts/sales.ts',
      edits: [
        {
          replace: "total, tender, discount, session],\n    key: ['ReceiptId']",
          by: `total, tender, discount, session, int('PartySize', 'partySize', "People in the shopper's party.")],
    key: ['ReceiptId']`,
        },
      ],
      guard: { types: /receipt\.ts.*'partySize' does not exist/ },
    },
    {
      file: 'src/entities/receipt.ts',
      edits: [
        {
          before: '  facts.receipts(receipt);\n',
          insert: '  receipt.partySize = session.party;\n',
        },
      ],
      guard: {
        test: 'tests/entities/columns-filled.test.ts',
        name: 'receipts has a value in every column',
        says: 'receipts.PartySize',
      },
    },
    {
      file: 'docs/data-dictionary.md',
      command: ['docs'],
      guard: {
        test: 'tests/docs/generated.test.ts',
        name: 'docs/schemas/receipt_created.v1.json is what the code says',
        says: 'out of date',
      },
    },
    ...anotherWorld('PartySize'),
  ],
};
