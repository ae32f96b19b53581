/** An effect of scenarios: how many goods are brought back. */
import type { Recipe } from './recipe.ts';

export const EFFECT: Recipe = {
  title: 'A scenario effect',
  places: [
    {
      file: 'src/scenario/shape.ts',
      edits: [
        {
          before: "  effect('closure', ",
          insert:
            "  effect('returns', 'Goods that are brought back.', storeTargets, { factor, ramp }),\n",
        },
      ],
      guard: { types: /scenario\/effects\.ts.*'"returns"' is not assignable/ },
    },
    {
      file: 'src/policy/effects.ts',
      edits: [
        {
          before: '  /** Whether the store stays shut. */\n',
          insert: `  /** Chance that goods sold at a store are brought back. */
  returns(storeId: number, atMs: number): number;
`,
        },
        { after: '  traffic: () => 1,\n', insert: '  returns: () => 1,\n' },
      ],
      guard: { types: /receipt\.ts.*'returns' does not exist on type 'Effects'/ },
    },
    {
      file: 'src/scenario/effects.ts',
      edits: [
        {
          after: "  const traffic = places.timelines('traffic');\n",
          insert: "  const returns = places.timelines('returns');\n",
        },
        {
          before: '    closed: (storeId, atMs)',
          insert: '    returns: (storeId, atMs) => factorOf(returns(storeId), atMs),\n',
        },
      ],
      guard: { types: /scenario\/effects\.ts.*'returns' is missing/ },
    },
    {
      file: 'src/entities/receipt.ts',
      edits: [
        {
          replace:
            '    if (stream.unit() < returnChance(department[product], giftSeason, false)) {',
          by: `    const chance = returnChance(department[product], giftSeason, false);
    if (stream.unit() < chance * region.effects.returns(master.id, nowMs)) {`,
        },
      ],
      guard: {
        test: 'tests/scenario/kinds.test.ts',
        name: 'returns changes what happens',
        says: 'to not deeply equal',
      },
    },
    {
      file: 'tests/scenario/kinds.test.ts',
      edits: [
        { before: "  closure: '',\n", insert: "  returns: 'factor: 20',\n" },
        { before: "    'traffic',\n  ]", insert: "    'returns',\n" },
      ],
      guard: { types: /kinds\.test\.ts.*'returns' is missing/ },
    },
    {
      file: 'scenarios/README.md',
      edits: [
        {
          before: '| `closure` |',
          insert: '| `returns` | goods that are brought back | 0–100 | `stores` |\n',
        },
      ],
      guard: {
        test: 'tests/scenario/kinds.test.ts',
        name: 'scenarios/README.md tells what returns does',
        says: 'to contain',
      },
    },
    {
      file: 'scenarios/scenario.schema.json',
      command: ['schemas'],
      guard: {
        test: 'tests/scenario/scenario.test.ts',
        name: 'have a published schema that is current',
        says: 'to be',
      },
    },
  ],
};
