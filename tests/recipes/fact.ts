/** A fact: how many parties of each size a store had on a day. */
import { FACT_NAMES } from '../../src/domain/facts.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import type { Place, Recipe } from './recipe.ts';
import { anotherWorld } from './world-version.ts';

const facts = FACT_NAMES.length;
const written = worldTables().filter(({ kind }) => kind !== 'closing').length;

/** A sentence that counts the tables of facts. */
function counting(file: string, sentence: string, count = facts): Place {
  return {
    file,
    edits: [
      {
        replace: sentence,
        by: sentence.replace(/\d+/g, (number) => String(Number(number) + 1)),
      },
    ],
    guard: {
      test: 'tests/docs/counts.test.ts',
      name: `${file} counts as the code does`,
      says: `'${count}' to be '${count + 1}'`,
    },
  };
}

export const FACT: Recipe = {
  title: 'A fact',
  places: [
    {
      file: 'src/domain/facts/visits.ts',
      edits: [
        {
          before: '} as const;\n',
          insert: `  store_visits_by_party: fact({
    about: 'Visits of a trading day by the size of the party, counted when the store is locked up.',
    columns: [
      trace,
      at,
      store,
      int('PartySize', 'partySize', 'People in the party.'),
      int('Visits', 'visits', 'Visits of such parties.'),
      { ...session, about: 'The last of these visits.' },
    ],
    key: ['TraceId', 'PartySize'],
  }),
`,
        },
      ],
      guard: { types: /facts\.ts.*'store_visits_by_party' does not exist/ },
    },
    {
      file: 'src/domain/facts.ts',
      edits: [
        {
          before: '} as const;\n\n/** Name of a fact table. */',
          insert: '  store_visits_by_party: VISITS.store_visits_by_party,\n',
        },
      ],
      guard: { types: /store\.ts.*'store_visits_by_party' does not exist/ },
    },
    {
      file: 'src/domain/event-rules.ts',
      edits: [
        {
          before: '  supply_chain_disruption: {\n    types: [',
          insert: `  store_visits_by_party: {
    types: always('store_visits_counted'),
    parents: always(ref('store_ops', 'TraceId')),
    correlation: always(previous('TraceId')),
    partition: byStore,
  },
`,
        },
      ],
      guard: { types: /event-rules\.ts.*'store_visits_by_party' is missing/ },
    },
    {
      file: 'src/entities/store.ts',
      edits: [
        {
          after: '  doorsOpen = false;\n',
          insert: `  /** Visits of the trading day by size of the party. */
  visitsByParty: number[] = [];
  /** The last visit by size of the party. */
  lastVisits: number[] = [];
`,
        },
        {
          after: '    this.recordOperation(STORE_OPERATION.closed);\n',
          insert: '    this.recordVisits();\n',
        },
        {
          before: '  private recordOperation(operation: number): void {\n',
          insert: `  private recordVisits(): void {
    const row = this.region.scratch.store_visits_by_party;
    for (const [party, visits] of this.visitsByParty.entries()) {
      if (!visits) continue;
      row.traceId = this.ids.bases.operation + this.ids.operations - 1;
      row.eventMs = this.region.nowMs;
      row.storeId = this.master.id;
      row.partySize = party;
      row.visits = visits;
      row.sessionId = this.lastVisits[party];
      this.region.facts.store_visits_by_party(row);
    }
    this.visitsByParty = [];
  }

`,
        },
        {
          before: '    patrons.freeAtMs[patron] = Number.POSITIVE_INFINITY;\n',
          insert: `    for (let party = this.visitsByParty.length; party <= session.party; party++) {
      this.visitsByParty[party] = 0;
      this.lastVisits[party] ??= 0;
    }
    this.visitsByParty[session.party]++;
    this.lastVisits[session.party] = session.sessionId;
`,
        },
      ],
      guard: {
        test: 'tests/entities/columns-filled.test.ts',
        name: 'store_visits_by_party has a value',
        says: 'store_visits_by_party.Visits',
      },
      isAlone: true,
    },
    {
      file: 'src/entities/store.ts',
      what: 'saved state',
      edits: [
        {
          after: '  doorsOpen: boolean;\n',
          insert: '  visitsByParty: number[];\n  lastVisits: number[];\n',
        },
        {
          after: '      doorsOpen: this.doorsOpen,\n',
          insert:
            '      visitsByParty: [...this.visitsByParty],\n      lastVisits: [...this.lastVisits],\n',
        },
        {
          after: '    this.doorsOpen = floor.doorsOpen;\n',
          insert:
            '    this.visitsByParty = [...floor.visitsByParty];\n    this.lastVisits = [...floor.lastVisits];\n',
        },
      ],
      guard: {
        test: 'tests/entities/state.test.ts',
        name: 'is whole after a restore',
        says: 'visitsByParty',
      },
    },
    {
      file: 'src/run/estimate.ts',
      edits: [
        {
          after: '  supply_chain_disruption: { rows: { dcDay: 0.04 }, bytesPerRow: 230 },\n',
          insert: '  store_visits_by_party: { rows: { storeDay: 5 }, bytesPerRow: 62 },\n',
        },
      ],
      guard: { types: /estimate\.ts.*'store_visits_by_party' is missing/ },
    },
    {
      file: 'src/verify/invariants/02b-other-references.sql',
      edits: [
        {
          before: "UNION ALL\nSELECT 'receipts', 'SessionId'",
          insert: `UNION ALL
SELECT 'store_visits_by_party', 'SessionId', id_text(SessionId) FROM store_visits_by_party
  WHERE SessionId NOT IN (SELECT SessionId FROM sessions)
`,
        },
      ],
      guard: {
        test: 'tests/verify/references.test.ts',
        name: 'checked to name what exists store_visits_by_party',
        says: 'SessionId',
      },
    },
    {
      file: 'src/verify/invariants/48b-causes-come-first.sql',
      edits: [
        {
          before: "UNION ALL\nSELECT 'online_order_lines'",
          insert: `UNION ALL
SELECT 'store_visits_by_party', v.TraceId, v.EventTS, o.EventTS
FROM store_visits_by_party v JOIN store_ops o USING (TraceId) WHERE v.EventTS < o.EventTS
`,
        },
      ],
      guard: {
        test: 'tests/verify/references.test.ts',
        name: 'checked to come before it store_visits_by_party',
        says: 'store_ops',
      },
    },
    {
      file: 'docs/roles.ts',
      edits: [
        {
          after: "      store_ops: 'The doors open; the store is locked up.',\n",
          insert: "      store_visits_by_party: 'The store is locked up.',\n",
        },
      ],
      guard: {
        test: 'tests/docs/roles.test.ts',
        name: 'claims every fact table',
        says: 'store_visits_by_party',
      },
    },
    counting('README.md', `${facts} tables of CSV`),
    counting('CHANGELOG.md', `${facts} fact tables`),
    counting('docs/operations.md', `${facts} files open for each region`),
    counting('docs/api.md', `/${written} tables complete, ${facts} at `, written),
    {
      file: 'docs/data-dictionary.md',
      command: ['docs'],
      guard: {
        test: 'tests/docs/generated.test.ts',
        name: 'docs/data-dictionary.md is what the code says',
        says: 'out of date',
      },
    },
    ...anotherWorld('store_visits_by_party'),
  ],
};
