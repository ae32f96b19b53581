/** The dimension tables of a world, in memory: `buildMasters`. To have them as files, call `writeMasters`. */
import { buildMasters } from 'synthetic-retail';
import { TINY } from './tiny-world.ts';

const masters = buildMasters(TINY, { from: '2024-01-01' });

for (const [table, rows] of Object.entries(masters)) {
  console.log(`${table}: ${[...rows].length} rows`);
}
for (const { StoreNumber, Address, TimeZone } of masters.stores) {
  console.log(`${StoreNumber} at ${Address} (${TimeZone})`);
}
