/** Events per second and lag over the last minutes. */
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { KeptPoints } from '../lib/kept-points.ts';
import { live } from '../lib/live.ts';
import { theme, token } from '../lib/theme.ts';

const KEPT = 600;
/** States arrive twice a second; a longer time without any is a gap. */
const GAP_SECONDS = 5;
const HEIGHT = 180;

interface Series {
  readonly label: string;
  readonly unit: string;
  readonly pick: (state: NonNullable<typeof live.value>) => number;
  readonly colour: string;
}

const RATE: Series = {
  label: 'Events per second',
  unit: '',
  pick: ({ rates }) => Math.round(rates.eventsPerSecond),
  colour: 'accent',
};
const LAG: Series = {
  label: 'Lag',
  unit: ' ms',
  pick: ({ clock }) => Math.round(clock.lagMs),
  colour: 'warn',
};

const SERIES = [RATE, LAG];

/** Kept while the page is open, whichever tab is shown. */
const points = new KeptPoints(SERIES.length, KEPT, GAP_SECONDS);

live.subscribe((state) => {
  if (state === null) return;
  if (state.clock.mode !== 'realtime') points.interrupt();
  else {
    points.add(
      state.clock.wallMs / 1000,
      SERIES.map(({ pick }) => pick(state)),
    );
  }
});

export function StreamCharts() {
  return (
    <div class="grid-2">
      <Chart series={RATE} about="Events acknowledged by the receiver." />
      <Chart series={LAG} about="How far simulated time is behind the clock." />
    </div>
  );
}

function Chart({ series, about }: { series: Series; about: string }) {
  const place = useRef<HTMLDivElement>(null);
  const shownTheme = theme.value;
  // Another theme needs a new plot.
  useEffect(() => {
    const element = place.current!;
    const plot = new uPlot(optionsOf(series, element.clientWidth), data(series), element);
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    observer.observe(element);
    const end = live.subscribe(() => plot.setData(data(series)));
    return () => {
      end();
      observer.disconnect();
      plot.destroy();
    };
  }, [series, shownTheme]);
  const now = live.value === null ? 0 : series.pick(live.value);
  return (
    <section class="card" aria-label={series.label}>
      <header>
        <h2>
          {series.label} <span class="soft small">{series.unit}</span>
        </h2>
        <strong class="numbers">
          {now.toLocaleString('en-US')}
          {series.unit}
        </strong>
      </header>
      <div class="chart" ref={place} aria-hidden="true" />
      <p class="soft small">{about}</p>
    </section>
  );
}

function data(series: Series): uPlot.AlignedData {
  return [points.times, points.lines[SERIES.indexOf(series)]];
}

function optionsOf({ label, colour }: Series, width: number): uPlot.Options {
  const [ink, line, stroke] = [token('ink-soft'), token('line'), token(colour)];
  const axis = {
    stroke: ink,
    font: '12px Inter, system-ui, sans-serif',
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1 },
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false },
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
    axes: [
      { ...axis, size: 30, values: '{HH}:{mm}:{ss}', space: 80 },
      {
        ...axis,
        size: 48,
        values: (_, ticks) => ticks.map((tick) => (tick >= 10_000 ? `${tick / 1000}k` : `${tick}`)),
      },
    ],
    series: [{}, { label, stroke, width: 2, fill: `${stroke}22`, points: { show: false } }],
  };
}
