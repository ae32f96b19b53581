/** docs/realism.md: what the world is calibrated to, what it is not, and how near it comes. */
import type { RealismReport, StatisticResult } from '../../src/report/result.ts';
import { distanceText } from '../../src/report/figures.ts';
import { measuredText, targetText } from '../../src/report/text.ts';
import { REFERENCE_WORLD } from './reference-world.ts';

/** The document of reports on the same world at several seeds. */
export function realismDocument(
  reports: readonly RealismReport[],
  seeds: readonly number[],
  days: number,
): string {
  const rows = reports[0].statistics.map((statistic, at) =>
    rowOf(
      reports.map(({ statistics }) => statistics[at]),
      statistic,
    ),
  );
  const { volume } = REFERENCE_WORLD;
  const summaries = reports.map(
    ({ met, missed, unmeasured }, at) =>
      `seed ${seeds[at]}: ${met} of ${met + missed} met, ${unmeasured} not measured`,
  );
  return `# Realism

Made by \`npm run realism\`; don't edit it. \`sim report\` compares any world with published figures of real retail. This is
what it says of ${days} days of a region with ${volume.stores} stores, ${volume.total_customers} customers and ${volume.total_products} products:
${summaries.join('; ')}.

## What is calibrated to what

- Shopping of groceries (baskets, households, promotions, prices, hours, weekdays) is compared with the Complete Journey:
  2,469 households, 155,848 baskets of 2017. A world is measured on its grocery-like lines (Grocery, Health & Beauty, Baby &
  Kids, Pet Supplies), in stores' local time, over the year that begins with it. Prices are × 1.3 for today.
- Online orders are compared with Instacart 2017; months and departments with the adjustment factors of the US Census; the great
  weeks with 45 stores of Walmart 2010–12; tender with the Fed's diary; taxes with the Tax Foundation; the rest with the sources
  in the table. Each target has its source and tolerance in src/report/targets.json, its definition at the head of its SQL in
  src/report/statistics.
- Sizes of baskets are a setting (\`items_per_ticket_mean\`), so their distributions are compared relative to the mean. The share
  of online sales, conversion and the rates of advertising are settings too; their targets hold for the defaults.
- \`joint.*\` are no targets of retail: they say that tables and columns belong together. A copy whose columns were shuffled or
  made up one by one keeps every distribution and loses these.

## What is not claimed

- No world is a copy of a real shop, and none was fitted to a single retailer's rows. That a marginal is met says nothing of
  what depends on it in ways that no target covers.
- What the files do not tell is not measured, and the table says why: what a shopper wanted and did not find, why a truck was
  late, how far a phone was from its beacon.
- A target that is missed is a shortcoming of the model, unless the table says otherwise. Nothing is adjusted afterwards to meet
  one.
- Other generators are not measured here.

## Figures

1 is a perfect distance: 1 less the Kolmogorov-Smirnov distance of distributions, the total variation of shares, or the
relative distance of figures; the worst seed counts. Distributions are shown by their p10 / p50 / p90.

| statistic | target | ${seeds.map((seed) => `seed ${seed}`).join(' | ')} | distance | verdict | source |
|---|---|${seeds.map(() => '---|').join('')}---|---|---|
${rows.join('\n')}

## Definitions

Where a source does not say how it counted, the choice is ours, and made here.

${definitions(reports[0].statistics).join('\n')}
`;
}

/** What each query computes, with the statistics that it gives. */
function definitions(statistics: readonly StatisticResult[]): string[] {
  const byText = new Map<string, string[]>();
  for (const { id, definition } of statistics) {
    if (definition === undefined) continue;
    byText.set(definition, [...(byText.get(definition) ?? []), `\`${id}\``]);
  }
  return [...byText].map(([definition, ids]) => `- ${ids.join(', ')}: ${definition}`);
}

function rowOf(results: readonly StatisticResult[], statistic: StatisticResult): string {
  const { id, title, target, source } = statistic;
  const distances = results.flatMap(({ distance }) => (distance === undefined ? [] : [distance]));
  const cells = [
    `\`${id}\` ${title}`,
    targetText(target),
    ...results.map(({ measured }) => (measured === undefined ? '' : measuredText(measured))),
    distances.length === 0 ? '' : distanceText(Math.min(...distances)),
    verdictOf(results),
    source,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function verdictOf(results: readonly StatisticResult[]): string {
  const count = (verdict: StatisticResult['verdict']) =>
    results.filter((result) => result.verdict === verdict).length;
  if (count('met') === results.length) return 'met';
  const unmeasured = results.find(({ verdict }) => verdict === 'cannot be measured');
  if (unmeasured !== undefined) return `cannot be measured: ${unmeasured.reason}`;
  return results.length === 1
    ? 'missed'
    : `missed at ${count('missed')} of ${results.length} seeds`;
}
