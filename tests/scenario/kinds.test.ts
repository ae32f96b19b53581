/** Every kind of effect has an effect: a kind that the world never reads would be useless. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/engine/time.ts';
import { compileEffects } from '../../src/scenario/effects.ts';
import { parseScenario } from '../../src/scenario/scenario.ts';
import { EFFECT_NAMES, type EffectKind, isOnStores } from '../../src/scenario/shape.ts';
import { scarceWorld } from '../entities/scarce-world.ts';
import { regionRun } from '../helpers/region-run.ts';

/** By kind: what else the effect says, strong enough to be felt within days. A new kind needs a line here. */
const STRONG: Readonly<Record<EffectKind, string>> = {
  traffic: 'factor: 3',
  purchase: 'factor: 0.5',
  online: 'factor: 3',
  adImpressions: 'factor: 3',
  adResponse: 'factor: 5, targets: { channels: [SEARCH, EMAIL] }',
  adClicks: 'factor: 5',
  departmentDemand: 'factor: 5, targets: { departments: [Clothing] }',
  productDemand: 'factor: 50, targets: { products: [1] }',
  price: 'factor: 1.5',
  promotion: 'percentOff: 40',
  closure: '',
  dcCapacity: 'factor: 0',
  supply: 'factor: 0.1',
  leadTime: 'factor: 10',
  travelTime: 'factor: 5',
  breakdown: 'factor: 5000',
  basket: 'factor: 3',
  shelfFilling: 'factor: 0',
  lanes: 'factor: 0',
  shrink: 'factor: 50',
  recordErrors: 'factor: 50',
  returns: 'factor: 20',
  tender: 'factor: 0, targets: { tenders: [CREDIT_CARD] }',
  declines: 'factor: 50',
  spoilage: 'sharePerHour: 0.5',
  dcSpoilage: 'sharePerHour: 0.5',
  fulfillment: 'factor: 20, targets: { modes: [BOPIS] }',
  weather: 'sky: SNOW',
  trucksOut: '',
  disruption: 'type: dc_outage, severity: SEVERE, description: Dark',
};
const kinds = Object.keys(STRONG) as EffectKind[];
const DAYS = 6;
const world = scarceWorld({ dcs: 1, stores: 2, total_customers: 1500, customers_per_day: 150 });

function factsWith(effects: string): Record<string, string> {
  const text = `name: trial\ntitle: T\ndescription: D\neffects:\n${effects}`;
  const scenario = parseScenario(text, 'trial.yaml');
  const { sink, simulation } = regionRun(world, { effects: compileEffects([scenario], world) });
  simulation.advance(world.startMs + DAYS * DAY_MS);
  return sink.summary();
}

describe('an effect of the kind', () => {
  let baseline: Record<string, string>;
  beforeAll(() => {
    baseline = factsWith('  []');
  });

  it.each(kinds)('%s changes what happens', (kind) => {
    const rest = STRONG[kind] === '' ? '' : `, ${STRONG[kind]}`;
    const window = 'window: { fromDays: 0, toDays: 30 }';
    expect(factsWith(`  - { kind: ${kind}, ${window}${rest} }`)).not.toEqual(baseline);
  });
});

it.each(kinds)('scenarios/README.md tells what %s does', (kind) => {
  const guide = readFileSync(new URL('../../scenarios/README.md', import.meta.url), 'utf8');
  expect(guide).toContain(`\n| \`${kind}\` |`);
});

it('kinds on stores are those that may name stores', () => {
  expect(EFFECT_NAMES.filter(isOnStores).sort()).toEqual([
    'basket',
    'closure',
    'declines',
    'departmentDemand',
    'lanes',
    'price',
    'productDemand',
    'promotion',
    'purchase',
    'recordErrors',
    'returns',
    'shelfFilling',
    'shrink',
    'spoilage',
    'tender',
    'traffic',
  ]);
});
