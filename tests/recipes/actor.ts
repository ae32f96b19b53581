/** An actor: a quality inspector who comes to the DC every day and writes off what is broken. */
import type { Recipe } from './recipe.ts';
import { anotherWorld } from './world-version.ts';

export const ACTOR: Recipe = {
  title: 'An actor',
  places: [
    {
      file: 'actors/quality-inspector.ts',
      edits: [
        {
          create: `/** A quality inspector: comes to the distribution center every day and looks at some goods. */
import { setup } from 'xstate';
import type { QualityInspectorPort } from '../src/domain/ports.ts';

export const qualityInspector = setup({
  types: {} as { context: QualityInspectorPort; input: QualityInspectorPort; events: { type: 'NONE' } },
  actions: { inspect: ({ context }) => context.inspect() },
  delays: { untilVisit: ({ context }) => context.untilVisitMs() },
}).createMachine({
  id: 'qualityInspector',
  context: ({ input }) => input,
  initial: 'away',
  states: {
    away: { after: { untilVisit: { target: 'away', reenter: true, actions: 'inspect' } } },
  },
});
`,
        },
      ],
      guard: { types: /cast\.ts.*'\.\/quality-inspector\.ts'/ },
    },
    {
      file: 'actors/cast.ts',
      edits: [
        {
          before: "import { store } from './store.ts';\n",
          insert: "import { qualityInspector } from './quality-inspector.ts';\n",
        },
        { after: '  disruption,\n', insert: '  qualityInspector,\n' },
      ],
      guard: { types: /region\.ts.*'"qualityInspector"' is not assignable/ },
    },
    {
      file: 'src/domain/ports.ts',
      edits: [
        {
          before: 'export interface CampaignPort',
          insert: `export interface QualityInspectorPort {
  untilVisitMs(): number;
  inspect(): void;
}

`,
        },
      ],
      guard: { types: /quality-inspector\.ts.*no exported member 'QualityInspectorPort'/ },
    },
    {
      file: 'src/entities/quality-inspector.ts',
      edits: [
        {
          create: `/** A quality inspector: draws goods of the DC and writes off what is broken. */
import type { Sections } from '../domain/plain-data.ts';
import type { QualityInspectorPort } from '../domain/ports.ts';
import { REASON, SOURCE } from '../domain/values.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import type { RegionServices } from './services.ts';
import type { SavedState, StatefulPart } from './state.ts';
import type { StockLedger } from './stock-ledger.ts';

const VISITS = purposeKey('qualityInspector', 'visits');
const GOODS = 20;

/** What an inspector uses of the region. */
interface InspectedRegion extends RegionServices {
  readonly dc: { readonly stock: StockLedger; nextAdjustmentId(): number };
}

type SavedInspector = { handle: number; visits: number; stream: number[] };

export class QualityInspector implements QualityInspectorPort, StatefulPart {
  private readonly region: InspectedRegion;
  handle = 0;
  visits = 0;
  private stream: Substream;

  constructor(region: InspectedRegion) {
    this.region = region;
    this.stream = Substream.of(region.seed, VISITS, region.plan.id);
  }

  untilVisitMs(): number {
    return DAY_MS + this.stream.below(HOUR_MS);
  }

  inspect(): void {
    const { dc, nowMs } = this.region;
    this.visits++;
    for (let draw = 0; draw < GOODS; draw++) {
      const product = this.stream.below(dc.stock.onHand.length);
      if (dc.stock.available(product) < 2 || !this.stream.chance(0.1)) continue;
      dc.stock.move(nowMs, product, -1, REASON.damaged, SOURCE.count, dc.nextAdjustmentId());
    }
  }

  save(): Sections {
    const plain: SavedInspector = {
      handle: this.handle,
      visits: this.visits,
      stream: this.stream.state(),
    };
    return { qualityInspector: plain };
  }

  restore(saved: SavedState): void {
    const { stream, ...plain } = saved.json<SavedInspector>('qualityInspector');
    Object.assign(this, plain);
    this.stream = Substream.restore(stream);
  }

  actors(): QualityInspector[] {
    return [this];
  }
}
`,
        },
      ],
      guard: { types: /region\.ts.*'\.\/quality-inspector\.ts'/ },
    },
    {
      file: 'src/entities/region.ts',
      edits: [
        {
          before: "import { ReturnsDesk } from './returns-desk.ts';\n",
          insert: "import { QualityInspector } from './quality-inspector.ts';\n",
        },
        {
          after: '  readonly shop: OnlineShop;\n',
          insert: '  readonly inspector: QualityInspector;\n',
        },
        {
          after: '    this.shop = new OnlineShop(this);\n',
          insert: '    this.inspector = new QualityInspector(this);\n',
        },
        {
          after: '    this.shop.planCampaigns();\n',
          insert: "    this.inspector.handle = this.start('qualityInspector', this.inspector);\n",
        },
      ],
      guard: {
        test: 'tests/docs/roles.test.ts',
        name: 'on who starts whom',
        says: 'region starts qualityInspector',
      },
      isAlone: true,
    },
    {
      file: 'src/entities/region.ts',
      what: 'parts',
      edits: [{ after: '      this.shop,\n', insert: '      this.inspector,\n' }],
      guard: {
        test: 'tests/entities/state.test.ts',
        name: 'is whole after a restore',
        says: 'Cannot restore actor',
      },
    },
    {
      file: 'tests/entities/guards.test.ts',
      edits: [
        {
          before: '    campaign: [...region.campaigns.actors()],\n',
          insert: '    qualityInspector: [region.inspector],\n',
        },
      ],
      guard: { types: /guards\.test\.ts.*'qualityInspector' is missing/ },
    },
    {
      file: 'docs/roles.ts',
      edits: [
        {
          before: '  campaign: {\n    about:',
          insert: `  qualityInspector: {
    about: 'A quality inspector: comes to the DC every day and writes off what is broken.',
    startedBy: ['region'],
    events: {},
    facts: { dc_inventory_txn: 'Broken goods are written off.' },
  },
`,
        },
      ],
      guard: { types: /roles\.ts.*'qualityInspector' is missing/ },
    },
    {
      file: 'actors/README.md',
      command: ['docs'],
      guard: {
        test: 'tests/docs/generated.test.ts',
        name: 'actors/README.md is what the code says',
        says: 'out of date',
      },
    },
    ...anotherWorld('qualityInspector'),
  ],
};
