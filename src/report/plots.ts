/** Plots of a report as SVG texts, drawn without a browser. */
import { loadPart } from '../domain/optional-part.ts';
import { itemBounds, wantedQuantiles } from './judge.ts';
import type { Measured, MeasuredDistribution, Picture, StatisticResult } from './result.ts';
import { isDistribution } from './text.ts';
import { LEVELS, type Target } from './targets.ts';

export interface Plots {
  /** Target and measured; empty if nothing was measured. */
  statistic(result: StatisticResult): string;
  heatMap(picture: Picture): string;
}

const WIDTH = 560;
const HEIGHT = 190;
const MEASURED = 'var(--measured)';
const TARGET = 'var(--target)';
/** Ratio of the ends of a distribution from which on its axis is logarithmic. */
const WIDE = 40;

/** Loads the library that draws. @throws InputError with the command that installs it */
export async function loadPlots(): Promise<Plots> {
  const purpose = 'to draw a report';
  const Plot = await loadPart('@observablehq/plot', purpose, () => import('@observablehq/plot'));
  const { parseHTML } = await loadPart('linkedom', purpose, () => import('linkedom'));
  const { document } = parseHTML('<html></html>');
  const frame = { document, width: WIDTH, height: HEIGHT, marginLeft: 52, marginBottom: 34 };
  type Options = NonNullable<Parameters<typeof Plot.plot>[0]>;
  const draw = (options: Options) =>
    String(Plot.plot({ ...frame, ...options } as Options).outerHTML);

  const items = (target: ItemsTarget, measured: Readonly<Record<string, number>>) => {
    const names = Object.keys(measured);
    const wanted = names.map((name) => {
      const [from, to] = itemBounds(target.items[name]);
      return { name, from, to };
    });
    const found = names.map((name) => ({ name, value: measured[name] }));
    return draw({
      x: { domain: names, label: null },
      y: { zero: true, grid: true, label: null },
      marks: [
        Plot.barY(found, { x: 'name', y: 'value', fill: MEASURED, insetLeft: 2, insetRight: 2 }),
        Plot.link(wanted, { x: 'name', y1: 'from', y2: 'to', stroke: TARGET, strokeWidth: 5 }),
        Plot.tickY(wanted, { x: 'name', y: 'from', stroke: TARGET, strokeWidth: 2.5 }),
        Plot.tickY(wanted, { x: 'name', y: 'to', stroke: TARGET, strokeWidth: 2.5 }),
        Plot.ruleY([0]),
      ],
    });
  };
  const distribution = (target: QuantilesTarget, { curve }: MeasuredDistribution) => {
    const wanted = wantedQuantiles(target).map((value, at) => ({ value, level: LEVELS[at] }));
    const found = curve.map((value, at) => ({ value, level: (at + 1) / 100 }));
    const all = [...wanted, ...found].map(({ value }) => value);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    return draw({
      x: { type: least > 0 && most / least > WIDE ? 'log' : 'linear', label: null, ticks: 6 },
      y: { domain: [0, 1], grid: true, label: 'share up to', tickFormat: '.0%' },
      marks: [
        Plot.line(found, { x: 'value', y: 'level', stroke: MEASURED, strokeWidth: 2 }),
        Plot.dot(wanted, { x: 'value', y: 'level', fill: TARGET, r: 4 }),
        Plot.ruleY([0]),
      ],
    });
  };
  const single = (target: Target, value: number) => {
    const [from, to] = 'from' in target ? [target.from, target.to] : [pointOf(target), pointOf(target)];
    return draw({
      height: 74,
      x: { domain: spread([from, to, value]), label: null, grid: true, ticks: 6 },
      marks: [
        Plot.link([{ from, to }], { x1: 'from', x2: 'to', y: 0, stroke: TARGET, strokeWidth: 8 }),
        Plot.tickX([from, to], { stroke: TARGET, strokeWidth: 3 }),
        Plot.dot([value], { x: (x: number) => x, y: 0, fill: MEASURED, r: 7 }),
      ],
    });
  };
  return {
    statistic: ({ target, measured }) => {
      if (measured === undefined) return '';
      if (typeof measured === 'number') return single(target, measured);
      return several(target, measured, { items, distribution });
    },
    heatMap: ({ cells }) =>
      draw({
        width: 900,
        height: 90 + 22 * new Set(cells.map(({ y }) => y)).size,
        marginLeft: 120,
        marginBottom: 44,
        padding: 0.04,
        x: { domain: [...new Set(cells.map(({ x }) => x))].sort(), label: null, tickRotate: -45 },
        y: { domain: [...new Set(cells.map(({ y }) => y))], label: null },
        color: { scheme: 'YlGnBu' },
        marks: [
          Plot.cell(cells, { x: 'x', y: 'y', fill: 'value', title: ({ value }) => value.toFixed(4) }),
        ],
      }),
  };
}

type ItemsTarget = Extract<Target, { items: unknown }>;
type QuantilesTarget = Extract<Target, { quantiles: unknown }>;

/** Draws figures by name or a distribution, as its target is. */
function several(
  target: Target,
  measured: Exclude<Measured, number>,
  drawings: {
    items(target: ItemsTarget, measured: Readonly<Record<string, number>>): string;
    distribution(target: QuantilesTarget, measured: MeasuredDistribution): string;
  },
): string {
  if (isDistribution(measured)) {
    return 'quantiles' in target ? drawings.distribution(target, measured) : '';
  }
  return 'items' in target ? drawings.items(target, measured) : '';
}

function pointOf(target: Target): number {
  if ('setting' in target) return target.default;
  return 'value' in target ? target.value : Number.NaN;
}

/** Ends of an axis that shows figures with some room beside them. */
function spread(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((most - least) * 0.3, Math.abs(most) * 0.15, 1e-3);
  return [least - room, most + room];
}
