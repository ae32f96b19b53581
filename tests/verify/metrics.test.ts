import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { metricSql } from '../../src/verify/expectations.ts';
import { METRICS } from '../../src/scenario/expectation-shape.ts';

const FOLDER = new URL('../../src/verify/metrics/', import.meta.url);

describe('metrics of scenarios', () => {
  it('are exactly the queries of their folder, each with a sentence', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(METRICS.map((name) => `${name}.sql`).sort());
    for (const metric of METRICS)
      expect(metricSql(metric)).toMatch(/^-- .+\.\n(SELECT|WITH)|^-- .+\n-- .+\.\n/);
  });
});
