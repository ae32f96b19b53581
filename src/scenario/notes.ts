/** Notes for the user about scenarios that have no effect in a run. */
import { formatInstant } from '../engine/time.ts';
import type { Scenario } from './scenario.ts';
import { isKnown } from './site-windows.ts';
import { type Span, spansOf } from './windows.ts';

/** Of the country's time zones, holidays begin first and end last in these. */
const EARLIEST_ZONE = 'America/New_York';
const LATEST_ZONE = 'Pacific/Honolulu';

/** A run of a world that opened at `startMs`; `toMs` is Infinity for a run without an end. */
export interface RunWindow {
  readonly startMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Returns a sentence for each scenario whose windows all lie outside a run. */
export function idleScenarios(scenarios: readonly Scenario[], run: RunWindow): string[] {
  return scenarios.flatMap(({ name, effects }) => {
    // Of weather and chance nothing is known before.
    if (effects.some(({ window }) => !isKnown(window))) return [];
    const spans = effects.flatMap(({ window }) =>
      isKnown(window) ? widestSpans(window, run.startMs) : [],
    );
    if (spans.length === 0) return [];
    if (spans.some(({ startMs, endMs }) => startMs < run.toMs && endMs > run.fromMs)) return [];
    const end = run.toMs === Number.POSITIVE_INFINITY ? 'on' : `to ${formatInstant(run.toMs)}`;
    return [
      `The scenario "${name}" changes nothing from ${formatInstant(run.fromMs)} ${end}: ${whereText(spans, run)}.`,
    ];
  });
}

function widestSpans(window: Parameters<typeof spansOf>[0], startMs: number): Span[] {
  const latest = spansOf(window, startMs, LATEST_ZONE);
  const earliest = spansOf(window, startMs, EARLIEST_ZONE);
  // When a world opens, a window may be over in one zone and not yet in another.
  const offset = latest.length - earliest.length;
  return latest.map((span, at) => ({
    startMs: Math.min(span.startMs, earliest[at - offset]?.startMs ?? span.startMs),
    endMs: span.endMs,
  }));
}

function whereText(spans: readonly Span[], run: RunWindow): string {
  const next = Math.min(
    ...spans.map(({ startMs }) => startMs).filter((startMs) => startMs >= run.toMs),
  );
  if (Number.isFinite(next)) return `its next window begins ${formatInstant(next)}`;
  const last = Math.max(...spans.map(({ endMs }) => endMs));
  return `its last window ended ${formatInstant(last)}`;
}
