/** A report as one HTML page that needs nothing else: figures, definitions and plots. */
import { escapeHtml } from '../domain/html.ts';
import { distanceText } from './figures.ts';
import type { Plots } from './plots.ts';
import type { RealismReport, StatisticResult } from './result.ts';
import { measuredText, realismSummary, targetText } from './text.ts';

/** Returns the page. */
export function realismPage(report: RealismReport, plots: Plots): string {
  const { world, from, to, statistics, pictures } = report;
  const title = `Realism of ${world}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(`${from} to ${to}. ${realismSummary(report)}`)}</p>
<p class="key"><span class="measured">■</span> measured &nbsp; <span class="target">■</span> target. A distance of 1 is
perfect: 1 less the Kolmogorov-Smirnov distance of distributions, the total variation of shares, or the relative distance
of figures.</p>
${overview(statistics)}
${pictures
  .filter(({ cells }) => cells.length > 0)
  .map(
    (picture) =>
      `<section class="wide"><h2>${escapeHtml(picture.title)}</h2>${plots.heatMap(picture)}</section>`,
  )
  .join('\n')}
<div class="cards">
${statistics.map((statistic) => card(statistic, plots)).join('\n')}
</div>
</main>
</body>
</html>
`;
}

function overview(statistics: readonly StatisticResult[]): string {
  const rows = statistics.map(
    ({ id, title, verdict, distance, target, measured }) =>
      `<tr class="${classOf(verdict)}"><td><a href="#${id}">${id}</a></td><td>${escapeHtml(title)}</td>` +
      `<td>${escapeHtml(targetText(target))}</td><td>${measured === undefined ? '' : escapeHtml(measuredText(measured))}</td>` +
      `<td>${distance === undefined ? '' : distanceText(distance)}</td><td>${verdict}</td></tr>`,
  );
  return `<details open><summary>All ${statistics.length} targets</summary><div class="scroll"><table>
<thead><tr><th>statistic</th><th>what</th><th>target</th><th>measured</th><th>distance</th><th>verdict</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div></details>`;
}

function card(statistic: StatisticResult, plots: Plots): string {
  const { id, title, verdict, distance, target, measured, reason, source, definition } = statistic;
  const near = distance === undefined ? '' : ` · distance ${distanceText(distance)}`;
  return `<section id="${id}" class="${classOf(verdict)}">
<h2>${escapeHtml(title)}</h2>
<p class="verdict">${verdict}${near}${reason === undefined ? '' : `: ${escapeHtml(reason)}`}</p>
<dl><dt>target</dt><dd>${escapeHtml(targetText(target))}</dd>
${measured === undefined ? '' : `<dt>measured</dt><dd>${escapeHtml(measuredText(measured))}</dd>`}
<dt>source</dt><dd>${escapeHtml(source)}</dd></dl>
${plots.statistic(statistic)}
${definition === undefined ? '' : `<details><summary>definition</summary><p>${escapeHtml(definition)}</p></details>`}
<p class="id">${id}</p>
</section>`;
}

function classOf(verdict: StatisticResult['verdict']): string {
  return verdict === 'cannot be measured' ? 'unmeasured' : verdict;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5c6670; --ground: #f6f7f8; --card: #fff; --line: #dfe3e6;
  --measured: #2f7fb8; --target: #d9480f; --met: #2b8a3e; --missed: #c92a2a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8ea; --soft: #9aa4ad; --ground: #15181b; --card: #1d2125; --line: #343a40;
    --measured: #5aa9e0; --target: #ff8a4c; --met: #69db7c; --missed: #ff8787; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1240px; margin: 0 auto; padding: 24px 20px 60px; }
h1 { font-size: 1.5rem; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 0 0 4px; }
.cards { display: grid; gap: 14px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 540px), 1fr)); }
section { background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--line);
  border-radius: 8px; padding: 14px 16px; min-width: 0; margin-bottom: 14px; }
.cards section { margin: 0; }
section.met { border-left-color: var(--met); }
section.missed { border-left-color: var(--missed); }
.verdict, .id, .key { color: var(--soft); margin: 0 0 6px; }
.missed .verdict { color: var(--missed); }
.id { font: 12px ui-monospace, monospace; margin: 6px 0 0; }
.measured { color: var(--measured); }
.target { color: var(--target); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 10px; margin: 0 0 8px; font-size: 13px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; background: none; --plot-background: transparent; }
.scroll { overflow-x: auto; margin: 8px 0 20px; }
table { border-collapse: collapse; font-size: 13px; width: 100%; min-width: 900px; table-layout: fixed; }
th:nth-child(1) { width: 17%; } th:nth-child(2), th:nth-child(3), th:nth-child(4) { width: 22%; }
th:nth-child(5) { width: 6%; }
th, td { text-align: left; overflow-wrap: anywhere; vertical-align: top; padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); }
tr.missed td:last-child { color: var(--missed); }
tr.met td:last-child { color: var(--met); }
a { color: inherit; }
`;
