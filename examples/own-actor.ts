/**
 * An extension of the world: a table, a column, a scenario effect and an actor of one's own, in extension/loyalty.ts.
 * Registered once, they come along everywhere: files, events, schemas, checks, previews.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate, registerExtension, simulate, verify } from 'synthetic-retail';
import { TINY, temporaryFolder } from './tiny-world.ts';

const here = (file: string) => new URL(`./extension/${file}`, import.meta.url);
await registerExtension(here('loyalty.ts'));

const world = { ...TINY, scenarios: [fileURLToPath(here('double-points.yaml'))] };
const window = { from: '2024-01-01', days: 2 } as const;

const points = new Map<string, number>();
for await (const { row } of simulate(world, { ...window, tables: ['loyalty_points'] })) {
  const day = `store ${row.StoreID}, ${String(row.EventTS).slice(0, 10)}`;
  points.set(day, (points.get(day) ?? 0) + Number(row.Points));
}
for (const [day, sum] of [...points].sort()) console.log(`${day}: ${sum} points`);

const { folder, remove } = temporaryFolder();
await generate(world, { out: folder, ...window });
const part = path.join(folder, 'facts', 'loyalty_points', 'dt=2024-01-01', 'part-1.csv');
console.log(readFileSync(part, 'utf8').split('\n').slice(0, 2).join('\n'));

const { checks } = await verify(folder);
for (const { statement, violations } of checks.filter(({ id }) => id.startsWith('loyalty'))) {
  console.log(`${statement} ${violations} violations`);
}
remove();
