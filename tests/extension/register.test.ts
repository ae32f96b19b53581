/** What an extension may declare: faults are named, and nothing of it is added then. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setup } from 'xstate';
import { z } from 'zod';
import { FACT_NAMES, FACTS } from '../../src/domain/facts.ts';
import { registeredExtensions } from '../../src/domain/extensions.ts';
import { EVENT_TYPES } from '../../src/domain/event-rules.ts';
import { fillRecord } from '../../src/entities/extension-part.ts';
import { type Extension, extensionFact } from '../../src/extension/extension.ts';
import { registerExtension } from '../../src/extension/load.ts';
import { addExtension } from '../../src/extension/register.ts';
import { columns } from '../../src/library/extension.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { compileEffects } from '../../src/scenario/effects.ts';
import { parseScenario } from '../../src/scenario/scenario.ts';
import { buildWorld } from '../../src/world/build.ts';
import { loadConfig, startOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';

const { at, int, receipt, store, trace } = columns;
const visits = int('Visits', 'visits', 'How many.');

function someFact(change: object = {}) {
  return extensionFact({
    about: 'A fact.',
    columns: [trace, at, store, visits],
    key: ['TraceId'],
    event: {
      types: [{ when: [], gives: 'something_counted' }],
      parents: [],
      correlation: [{ when: [], gives: 'TraceId' }],
      partition: [{ when: [], gives: { entity: 'store', id: 'StoreID' } }],
    },
    volume: { rows: { storeDay: 1 }, bytesPerRow: 50 },
    ...change,
  });
}

const machine = (id: string) => setup({}).createMachine({ id, initial: 'on', states: { on: {} } });
const event = someFact().event;

const FAULTS: readonly [string, unknown, RegExp][] = [
  ['no extension', 7, /the default export: expected an extension/],
  ['a name', { name: 'My extension', version: 1 }, /name: expected a name of lower-case letters/],
  ['a version', { name: 'mine', version: 0.5 }, /version: expected a whole number from 1/],
  ['an unknown key', { name: 'mine', version: 1, tables: {} }, /the default export: expected/],
  [
    'a table that there is',
    { name: 'mine', version: 1, facts: { receipts: someFact() } },
    /facts.receipts: there is a table of this name/,
  ],
  [
    'a master table',
    { name: 'mine', version: 1, facts: { stores: someFact() } },
    /facts.stores: there is a table of this name/,
  ],
  [
    'a key',
    { name: 'mine', version: 1, facts: { mine: someFact({ key: ['StoreId'] }) } },
    /facts.mine.key: "StoreId" is none of its columns/,
  ],
  [
    'columns',
    { name: 'mine', version: 1, facts: { mine: someFact({ columns: [store, trace, at] }) } },
    /facts.mine.columns: expected TraceId and EventTS to come first/,
  ],
  [
    'an event type that there is',
    {
      name: 'mine',
      version: 1,
      facts: {
        mine: someFact({ event: { ...event, types: [{ when: [], gives: 'store_opened' }] } }),
      },
    },
    /facts.mine.event: the event type "store_opened" is taken/,
  ],
  [
    'a column of no table',
    { name: 'mine', version: 1, columns: { receipt: [visits] } },
    /columns.receipt: there is no fact table of this name/,
  ],
  [
    'a column that there is',
    { name: 'mine', version: 1, columns: { receipts: [receipt] } },
    /columns.receipts.ReceiptId: name or field is that of ReceiptId/,
  ],
  [
    'an effect that there is',
    { name: 'mine', version: 1, effects: { traffic: {} } },
    /effects.traffic: there is a kind of this name/,
  ],
  [
    'a statechart that there is',
    { name: 'mine', version: 1, statecharts: [machine('store')] },
    /the id "store" is taken by a built-in statechart/,
  ],
  ['what it opens', { name: 'mine', version: 1, open: {} }, /open: expected a function/],
];

it.each(FAULTS)('refuses %s, by its place', (_, extension, message) => {
  const before = [JSON.stringify(FACTS), FACT_NAMES.length, EVENT_TYPES.length];
  expect(() => addExtension(extension as Extension, 'file:///mine.ts')).toThrow(message);
  expect([JSON.stringify(FACTS), FACT_NAMES.length, EVENT_TYPES.length]).toEqual(before);
  expect(registeredExtensions()).toEqual([]);
});

describe('a module', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'extension-modules-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has to be there', async () => {
    await expect(registerExtension(path.join(folder, 'none.mjs'))).rejects.toThrow(
      /Cannot find the extension ".*none.mjs": there is no such file/,
    );
  });

  it('has to be read, and to export something by default', async () => {
    const broken = path.join(folder, 'broken.mjs');
    writeFileSync(broken, 'export default {');
    await expect(registerExtension(broken)).rejects.toThrow(/Cannot load the extension .*broken/);
    const empty = path.join(folder, 'empty.mjs');
    writeFileSync(empty, 'export const extension = {};');
    await expect(registerExtension(empty)).rejects.toThrow(/expected a default export/);
  });
});

it('fills facts field by field, and names one that is missing or unknown', () => {
  const record: Record<string, number | string> = {};
  fillRecord('store_ops', record, { traceId: 1, storeId: 2, operation: 0 }, 1000);
  expect(record).toEqual({ traceId: 1, eventMs: 1000, storeId: 2, operation: 0 });
  expect(() => fillRecord('store_ops', {}, { traceId: 1, storeId: 2 }, 0)).toThrow(
    'Cannot emit a fact of "store_ops": its field "operation" is missing',
  );
  const more = { traceId: 1, storeId: 2, operation: 0, door: 1 };
  expect(() => fillRecord('store_ops', {}, more, 0)).toThrow(/it has no field "door", only/);
});

it('lets an effect change what the built-in world asks', () => {
  addExtension(
    {
      name: 'weather',
      version: 1,
      effects: {
        heatWave: {
          about: 'Fewer people go out when it is hot.',
          places: 'regions',
          settings: { celsius: z.number() },
          changes: (effects, holding) => ({
            online: (dcId, atMs) =>
              holding(dcId, atMs).reduce(
                (factor, { settings, strength }) =>
                  factor * (1 + (Number(settings.celsius) / 100) * strength),
                effects.online(dcId, atMs),
              ),
          }),
        },
      },
    },
    'file:///weather.ts',
  );
  const scenario = parseScenario(
    `name: hot
title: Hot
description: Hot.
window: { from: 2024-01-02, to: 2024-01-03 }
effects:
  - { kind: heatWave, celsius: 40, targets: { dcs: [1] } }
  - { kind: online, factor: 2 }
`,
    'hot.yaml',
  );
  const config = loadConfig(undefined, 'small');
  const world = buildWorld(config, loadDictionaries(), startOf(config));
  const effects = compileEffects([scenario], world);
  const noon = Date.parse('2024-01-02T18:00:00Z');
  expect(effects.online(1, noon)).toBeCloseTo(2.8);
  expect(effects.online(2, noon)).toBe(2);
  expect(effects.online(1, noon + 86_400_000)).toBe(1);
  expect(effects.holding('heatWave', 1, noon)).toEqual([
    { settings: { celsius: 40 }, strength: 1 },
  ]);
  expect(effects.holding('other', 1, noon)).toEqual([]);
  expect(NO_EFFECTS.holding('heatWave', 1, noon)).toEqual([]);
});
