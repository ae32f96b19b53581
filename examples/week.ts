/** A week of history as CSV files, and the proof that it holds together: `generate`, `readState`, `verify`, `clear`. */
import { clear, generate, readState, verify } from 'synthetic-retail';
import { TINY, temporaryFolder } from './tiny-world.ts';

const { folder, remove } = temporaryFolder();

const { rows } = await generate(TINY, { out: folder, from: '2024-01-01', days: 7 });
console.log(`${rows} rows of facts`);

const state = readState(folder);
console.log(`world ${state?.worldId}, from ${state?.start} to ${state?.generatedTo}`);

const report = await verify(folder);
console.log(`${report.checks.length} checks, ${report.broken} of them broken`);

const { foreign } = clear(folder);
console.log(`removed; ${foreign.length} files of others are left`);
remove();
