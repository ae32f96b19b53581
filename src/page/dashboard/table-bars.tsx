/** Rows of every table, with a bar that compares them. */
import { whole, words } from '../../domain/format.ts';

export function TableBars({
  title,
  about,
  rows,
  href,
  none,
}: {
  title: string;
  about: string;
  rows: Readonly<Record<string, number>>;
  href: string;
  none: string;
}) {
  const list = Object.entries(rows).sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...list.map(([, count]) => count));
  return (
    <section class="card" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <a href={href}>Look into them</a>
      </header>
      <p class="soft small">{about}</p>
      {list.every(([, count]) => count === 0) ? (
        <p class="soft">{none}</p>
      ) : (
        <ul class="bars">
          {list.map(([name, count]) => (
            <li key={name}>
              <span>{words(name)}</span>
              <span class="numbers">{whole(count)}</span>
              <div class="bar" style={{ width: `${(count / most) * 100}%` }} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
