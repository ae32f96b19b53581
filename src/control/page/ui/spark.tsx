/** A small line of how something went lately. */
import { minuteOf, short } from '../lib/format.ts';

const WIDTH = 280;
const HEIGHT = 44;
const MARGIN = 3;

export function Spark({
  label,
  atMs,
  values,
  tone = 'plain',
}: {
  label: string;
  atMs: readonly number[];
  values: readonly number[];
  tone?: 'plain' | 'bad';
}) {
  if (values.length < 2) return null;
  const [first, last] = [atMs[0], atMs[atMs.length - 1]];
  const most = Math.max(...values);
  // Nothing at all is a line along the bottom.
  const scale = Math.max(1, most);
  const x = (at: number) => ((at - first) / Math.max(1, last - first)) * WIDTH;
  const y = (value: number) => HEIGHT - MARGIN - (value / scale) * (HEIGHT - 2 * MARGIN);
  const line = values
    .map((value, index) => `${x(atMs[index]).toFixed(1)},${y(value).toFixed(1)}`)
    .join(' ');
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
        <polygon points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} />
        <polyline points={line} />
      </svg>
      <div class="spark-axis">
        <span>{minuteOf(first)}</span>
        <span>{minuteOf(last)}</span>
      </div>
    </figure>
  );
}
