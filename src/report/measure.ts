/** Runs the queries of a report and collects what they tell of each statistic. */
import { reasonOf } from '../domain/errors.ts';
import type { Database } from '../verify/database.ts';
import type { Finding } from './judge.ts';
import type { Query } from './queries.ts';
import type { Picture } from './result.ts';

interface Collected {
  readonly items: Map<string, number>;
  readonly values: number[];
  readonly weights: number[];
}

/**
 * Runs a query of rows (Statistic, Item, Value) and returns a finding for each statistic. A row without an item is one of
 * a distribution, whose values are rounded to four digits that count.
 */
export async function measure(
  database: Database,
  { name, sql }: Query,
): Promise<Map<string, Finding>> {
  const rows = await database
    .rows(`
    SELECT Statistic, Item, Value, count(*)::DOUBLE AS Weight
    FROM (
      SELECT Statistic, Item,
        CASE WHEN Item IS NULL AND Value <> 0 THEN round(Value, 3 - floor(log10(abs(Value)))::INTEGER) ELSE Value END AS Value
      FROM (SELECT Statistic, Item, Value::DOUBLE AS Value FROM (\n${sql}\n) q)
      WHERE Value IS NOT NULL AND isfinite(Value)
    )
    GROUP BY ALL
    ORDER BY Statistic, Item, Value`)
    .catch((error: unknown) => {
      throw new Error(`Cannot run ${name}.sql of the report: ${reasonOf(error)}`, { cause: error });
    });
  const found = new Map<string, Collected>();
  for (const { Statistic, Item, Value, Weight } of rows) {
    const id = String(Statistic);
    const of: Collected = found.get(id) ?? { items: new Map(), values: [], weights: [] };
    found.set(id, of);
    if (Item !== null) of.items.set(String(Item), Number(Value));
    else {
      of.values.push(Number(Value));
      of.weights.push(Number(Weight));
    }
  }
  return new Map(
    [...found].map(([id, { items, values, weights }]) => [
      id,
      values.length === 0 ? { items } : { items, distribution: { values, weights } },
    ]),
  );
}

/** Runs a query of rows (X, Y, Value). */
export async function picture(database: Database, { definition, sql }: Query): Promise<Picture> {
  const rows = await database.rows(sql);
  const cells = rows.map(({ X, Y, Value }) => ({
    x: String(X),
    y: String(Y),
    value: Number(Value),
  }));
  return { title: definition, cells };
}
