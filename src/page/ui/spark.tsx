/** A small line chart of recent values. */
import { minuteOf, short } from '../../domain/format.ts';

const WIDTH = 280;
const HEIGHT = 44;
const MARGIN = 3;

export function Spark({
  label,
  atMs,
  values,
  gaps = [],
  tone = 'plain',
}: {
  label: string;
  atMs: readonly number[];
  values: readonly number[];
  /** Whether the time before a value is unknown: no line leads to it. */
  gaps?: readonly boolean[];
  tone?: 'plain' | 'bad';
}) {
  if (values.length < 2) return null;
  const [first, last] = [atMs[0], atMs[atMs.length - 1]];
  const most = Math.max(...values);
  // Zero values are a line along the bottom.
  const scale = Math.max(1, most);
  const x = (at: number) => ((at - first) / Math.max(1, last - first)) * WIDTH;
  const y = (value: number) => HEIGHT - MARGIN - (value / scale) * (HEIGHT - 2 * MARGIN);
  const stretches = stretchesOf(
    values.map((value, index) => ({ x: x(atMs[index]), y: y(value) })),
    gaps,
  );
  return (
    <figure class={`spark-figure ${tone}`}>
      <figcaption>
        <span>{label}</span>
        <span>
          {short(values[values.length - 1])} <small>(most {short(most)})</small>
        </span>
      </figcaption>
      <svg
        class="spark"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {stretches.map((points) => {
          const [start, end] = [points[0].x.toFixed(1), points[points.length - 1].x.toFixed(1)];
          const line = points.map((at) => `${at.x.toFixed(1)},${at.y.toFixed(1)}`).join(' ');
          return (
            <g key={start}>
              <polygon points={`${start},${HEIGHT} ${line} ${end},${HEIGHT}`} />
              <polyline points={line} />
            </g>
          );
        })}
      </svg>
      <div class="spark-axis">
        <span>{minuteOf(first)}</span>
        <span>{minuteOf(last)}</span>
      </div>
    </figure>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points joined between gaps; a single one is a short line. */
export function stretchesOf(points: readonly Point[], gaps: readonly boolean[]): Point[][] {
  const stretches: Point[][] = [];
  for (const [index, point] of points.entries()) {
    if (index === 0 || gaps[index]) stretches.push([]);
    stretches[stretches.length - 1].push(point);
  }
  return stretches.map((each) =>
    each.length > 1 ? each : [each[0], { ...each[0], x: each[0].x + 1 }],
  );
}
