/** An effect of scenarios: how often stock is counted. */
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
            "  effect('counts', 'How often stock is counted.', someStores, { factor: real(0.1, 100), ramp }),\n",
        },
      ],
      guard: { types: /kinds\.test\.ts.*'counts' does not exist/ },
    },
    {
      file: 'src/policy/effects.ts',
      edits: [
        {
          before: '  /** Whether the store stays shut. */\n',
          insert: `  /** Factor on how often a store counts its stock. */
  counts(storeId: number, atMs: number): number;
`,
        },
        { after: '  traffic: () => 1,\n', insert: '  counts: () => 1,\n' },
      ],
      guard: { types: /cycle-count\.ts.*'counts' does not exist on type 'Effects'/ },
    },
    {
      file: 'src/scenario/effects.ts',
      edits: [
        {
          after: "  const traffic = places.timelines('traffic');\n",
          insert: "  const counts = places.timelines('counts');\n",
        },
        {
          before: '    closed: (storeId, atMs)',
          insert: '    counts: (storeId, atMs) => factorOf(counts(storeId), atMs),\n',
        },
      ],
      guard: { types: /scenario\/effects\.ts.*'counts' is missing/ },
    },
    {
      file: 'src/entities/cycle-count.ts',
      edits: [
        {
          replace: '    const days = COUNT_DAYS[countClass(forecast[product] / mean)];',
          by: `    const usual = COUNT_DAYS[countClass(forecast[product] / mean)];
    const factor = region.effects.counts(master.id, region.nowMs);
    const days = Math.max(1, Math.round(usual / factor));`,
        },
      ],
      guard: {
        test: 'tests/scenario/kinds.test.ts',
        name: 'counts changes what happens',
        says: 'to not deeply equal',
      },
    },
    {
      file: 'tests/scenario/kinds.test.ts',
      edits: [
        { before: "  closure: '',\n", insert: "  counts: 'factor: 20',\n" },
        { before: "    'declines',\n", insert: "    'counts',\n" },
      ],
      guard: { types: /kinds\.test\.ts.*'counts' is missing/ },
    },
    {
      file: 'scenarios/README.md',
      edits: [
        {
          before: '| `closure` |',
          insert: '| `counts` | how often stock is counted | 0.1–100 | stores |\n',
        },
      ],
      guard: {
        test: 'tests/scenario/kinds.test.ts',
        name: 'scenarios/README.md tells what counts does',
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
