import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toLoad } from '../../src/entities/load-plan.ts';

it('a load has each product of an order once, and keeps every unit', () => {
  const line = fc.record({
    product: fc.integer({ min: 0, max: 5 }),
    orderRef: fc.integer({ min: 1, max: 3 }),
    units: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const wanted = new Map<string, number>();
      for (const { product, orderRef, units } of lines) {
        const key = `${product}/${orderRef}`;
        wanted.set(key, (wanted.get(key) ?? 0) + units);
      }
      const load = toLoad(0, lines, 0);
      const keys = load.product.map((product, at) => `${product}/${load.orderRef[at]}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(new Map(keys.map((key, at) => [key, load.units[at]]))).toEqual(wanted);
      expect(load.totalUnits).toBe(lines.reduce((sum, { units }) => sum + units, 0));
      expect([...load.product]).toEqual([...load.product].sort((a, b) => a - b));
    }),
  );
});
