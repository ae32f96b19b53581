/** What is wrong with a scenario file whose parts have the right shape, each for itself. */
import { PRODUCT_METRICS } from './expectation-shape.ts';
import { type Problem, quoted } from './problems.ts';
import { type EffectFile, isOnStores, type ScenarioFile } from './shape.ts';
import { isKnown } from './site-windows.ts';
import { rampMs, windowLengthMs } from './windows.ts';
import type { Window } from './window-shape.ts';

/** Finds windows and ramps that are well-formed but contradictory. */
export function settlingProblems(scenario: ScenarioFile): Problem[] {
  const problems: Problem[] = [];
  const checkLength = (window: Window, path: (string | number)[]) => {
    if ((windowLengthMs(window) ?? 1) > 0) return;
    problems.push({ path, text: `is ${quoted(window)}: expected it to end after it begins` });
  };
  if (scenario.window !== undefined) checkLength(scenario.window, ['window']);
  if (scenario.effects === undefined && scenario.extends === undefined) {
    problems.push({ path: ['effects'], text: 'is missing: expected a list of effects' });
  }
  for (const [index, effect] of (scenario.effects ?? []).entries()) {
    const path = ['effects', index, 'window'];
    const window = effect.window ?? scenario.window;
    if (window === undefined) {
      problems.push({ path, text: 'is missing: expected a window here, or one for all effects' });
      continue;
    }
    if (effect.window !== undefined) checkLength(effect.window, path);
    problems.push(...kindProblems(effect, window, index));
    const { upMs, downMs } = rampMs('ramp' in effect ? effect.ramp : undefined);
    const lengthMs = windowLengthMs(window) ?? Number.POSITIVE_INFINITY;
    if (lengthMs > 0 && upMs + downMs > lengthMs) {
      problems.push({
        path: ['effects', index, 'ramp'],
        text: 'is longer than the window: expected up and down to fit into it',
      });
    }
  }
  for (const [index, expectation] of (scenario.expect ?? []).entries()) {
    const where = 'metric' in expectation ? expectation.where : undefined;
    if (where?.during !== undefined)
      checkLength(where.during, ['expect', index, 'where', 'during']);
    if ('metric' in expectation && !PRODUCT_METRICS.has(expectation.metric)) {
      for (const key of ['departments', 'categories', 'products'] as const) {
        if (where?.[key] === undefined) continue;
        const text = `has no effect: ${expectation.metric} are not counted by product`;
        problems.push({ path: ['expect', index, 'where', key], text });
      }
    }
  }
  return problems;
}

/** Finds what a kind of effect needs besides. */
function kindProblems(effect: EffectFile, window: Window, index: number): Problem[] {
  const path = ['effects', index];
  if ((effect.kind === 'tender' || effect.kind === 'fulfillment') && effect.targets === undefined) {
    const what = effect.kind === 'tender' ? 'tenders' : 'modes';
    const text = `is missing: expected targets that name ${what}, whose share changes`;
    return [{ path: [...path, 'targets'], text }];
  }
  if ('when' in window) {
    if ('ramp' in effect && effect.ramp !== undefined) {
      const text =
        'has no meaning under a condition: expected no ramp, since nobody knows when it ends';
      return [{ path: [...path, 'ramp'], text }];
    }
    if (isOnStores(effect.kind)) return [];
    const text = 'is watched in stores: expected it for an effect on stores';
    return [{ path: [...path, 'window', 'when'], text }];
  }
  if (effect.kind !== 'disruption' || isKnown(window)) return [];
  const text =
    'depends on weather or chance: expected a window that the calendar decides, since a disruption is on record';
  return [{ path: [...path, 'window'], text }];
}
