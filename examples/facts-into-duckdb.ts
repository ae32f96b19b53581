/** Facts in memory, without a file, into a table of DuckDB: `simulate`. */
import { DuckDBInstance, DuckDBTimestampValue } from '@duckdb/node-api';
import { simulate } from 'synthetic-retail';
import { TINY } from './tiny-world.ts';

const database = await DuckDBInstance.create(':memory:');
const connection = await database.connect();
await connection.run('CREATE TABLE receipts (StoreID INTEGER, EventTS TIMESTAMP, Total DOUBLE)');

const appender = await connection.createAppender('receipts');
for await (const { row } of simulate(TINY, { from: '2024-01-01', days: 2, tables: ['receipts'] })) {
  appender.appendInteger(row.StoreID);
  appender.appendTimestamp(new DuckDBTimestampValue(BigInt(Date.parse(row.EventTS)) * 1000n));
  appender.appendDouble(row.Total);
  appender.endRow();
}
appender.closeSync();

const reader = await connection.runAndReadAll(`
  SELECT StoreID, count(*)::INTEGER AS Receipts, round(sum(Total), 2) AS Revenue
  FROM receipts GROUP BY ALL ORDER BY ALL`);
for (const [store, receipts, revenue] of reader.getRowsJS()) {
  console.log(`store ${store}: ${receipts} receipts, ${revenue} in all`);
}
connection.closeSync();
database.closeSync();
