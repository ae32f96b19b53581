/** Plots of a report as SVG texts, drawn without a browser. */
import { loadPart } from '../domain/optional-part.ts';
import { itemBounds, wantedQuantiles } from './judge.ts';
import type { MeasuredDistribution, Picture, StatisticResult } from './result.ts';
import { isDistribution } from './text.ts';
import { LEVELS, type Target } from './targets.ts';

type Library = typeof import('@observablehq/plot');
type PlotOptions = NonNullable<Parameters<Library['plot']>[0]>;
type ItemsTarget = Extract<Target, { items: unknown }>;
type QuantilesTarget = Extract<Target, { quantiles: unknown }>;

const FRAME = { width: 560, height: 190, marginLeft: 52, marginBottom: 34 } as const;
const MEASURED = 'var(--measured)';
const TARGET = 'var(--target)';
const NUMBERS = '.3~g';
/** Ratio of the ends of a distribution from which on its axis is logarithmic. */
const WIDE = 40;

/** Loads the libraries that draw. @throws InputError with the command that installs one */
export async function loadPlots(): Promise<Plots> {
  const purpose = 'to draw a report';
  const library = await loadPart('@observablehq/plot', purpose, () => import('@observablehq/plot'));
  const { parseHTML } = await loadPart('linkedom', purpose, () => import('linkedom'));
  return new Plots(library, parseHTML('<html></html>').document);
}

export class Plots {
  private readonly library: Library;
  /** What the library makes its elements with. */
  private readonly document: unknown;

  constructor(library: Library, document: unknown) {
    this.library = library;
    this.document = document;
  }

  /** What was measured against its target; empty if nothing was. */
  statistic({ target, measured }: StatisticResult): string {
    if (measured === undefined) return '';
    if (typeof measured === 'number') return this.figure(target, measured);
    if (isDistribution(measured)) {
      return 'quantiles' in target ? this.distribution(target, measured) : '';
    }
    return 'items' in target ? this.items(target, measured) : '';
  }

  /** A table of figures as colours. */
  heatMap({ cells }: Picture): string {
    const rows = [...new Set(cells.map(({ y }) => y))];
    const columns = [...new Set(cells.map(({ x }) => x))].sort();
    return this.draw({
      width: 900,
      height: 90 + 22 * rows.length,
      marginLeft: 120,
      marginBottom: 44,
      padding: 0.04,
      x: { domain: columns, label: null, tickRotate: -45 },
      y: { domain: rows, label: null },
      color: { scheme: 'YlGnBu' },
      marks: [
        this.library.cell(cells, {
          x: 'x',
          y: 'y',
          fill: 'value',
          title: ({ value }: Picture['cells'][number]) => value.toFixed(4),
        }),
      ],
    });
  }

  /** Bars, each with its target across it. */
  private items({ items }: ItemsTarget, measured: Readonly<Record<string, number>>): string {
    const { barY, link, tickY, ruleY } = this.library;
    const names = Object.keys(measured);
    const found = names.map((name) => ({ name, value: measured[name] }));
    const wanted = names.map((name) => {
      const [from, to] = itemBounds(items[name]);
      return { name, from, to };
    });
    return this.draw({
      x: { domain: names, label: null },
      y: { zero: true, grid: true, label: null },
      marks: [
        barY(found, { x: 'name', y: 'value', fill: MEASURED, insetLeft: 2, insetRight: 2 }),
        link(wanted, { x: 'name', y1: 'from', y2: 'to', stroke: TARGET, strokeWidth: 5 }),
        tickY(wanted, { x: 'name', y: 'from', stroke: TARGET, strokeWidth: 2.5 }),
        tickY(wanted, { x: 'name', y: 'to', stroke: TARGET, strokeWidth: 2.5 }),
        ruleY([0]),
      ],
    });
  }

  /** The distribution function, and the quantiles of the target. */
  private distribution(target: QuantilesTarget, { curve }: MeasuredDistribution): string {
    const { line, dot, ruleY } = this.library;
    const wanted = wantedQuantiles(target).map((value, at) => ({ value, level: LEVELS[at] }));
    const found = curve.map((value, at) => ({ value, level: (at + 1) / 100 }));
    const all = [...wanted, ...found].map(({ value }) => value);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const type = least > 0 && most / least > WIDE ? 'log' : 'linear';
    return this.draw({
      x: { type, label: null, ticks: 6, tickFormat: NUMBERS },
      y: { domain: [0, 1], grid: true, label: 'share up to', tickFormat: '.0%' },
      marks: [
        line(found, { x: 'value', y: 'level', stroke: MEASURED, strokeWidth: 2 }),
        dot(wanted, { x: 'value', y: 'level', fill: TARGET, r: 4 }),
        ruleY([0]),
      ],
    });
  }

  /** A point beside that of the target, or its range. */
  private figure(target: Target, value: number): string {
    const { link, tickX, dot } = this.library;
    const [from, to] = rangeOf(target);
    const range = [{ from, to, y: 0 }];
    return this.draw({
      height: 64,
      x: { domain: spread([from, to, value]), label: null, ticks: 6, tickFormat: NUMBERS },
      y: { axis: null },
      marks: [
        link(range, { x1: 'from', x2: 'to', y: 'y', stroke: TARGET, strokeWidth: 8 }),
        tickX([from, to], { stroke: TARGET, strokeWidth: 3 }),
        dot([{ value, y: 0 }], { x: 'value', y: 'y', fill: MEASURED, r: 7 }),
      ],
    });
  }

  private draw(options: PlotOptions): string {
    const { library, document } = this;
    return String(library.plot({ ...FRAME, document, ...options } as PlotOptions).outerHTML);
  }
}

function rangeOf(target: Target): [number, number] {
  if ('from' in target) return [target.from, target.to];
  const value = 'setting' in target ? target.default : 'value' in target ? target.value : 0;
  return [value, value];
}

/** Ends of an axis that shows figures with some room beside them. */
function spread(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((most - least) * 0.3, Math.abs(most) * 0.15, 1e-3);
  return [least - room, most + room];
}
