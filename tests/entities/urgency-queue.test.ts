/** The order in which shelves are filled. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UrgencyQueue } from '../../src/entities/urgency-queue.ts';

it('gives products by urgency, then by place in the assortment, whatever the order of adding', () => {
  const queue = new UrgencyQueue();
  const one = fc.record({ product: fc.nat(2000), urgency: fc.integer({ min: 0, max: 9 }) });
  const many = fc.uniqueArray(one, { maxLength: 600, selector: ({ product }) => product });
  fc.assert(
    fc.property(many, (low) => {
      queue.clear();
      for (const { product, urgency } of low) queue.add(product, urgency / 4);
      const sorted = low.toSorted((a, b) => b.urgency - a.urgency || a.product - b.product);
      expect(low.map(() => queue.take())).toEqual(sorted.map(({ product }) => product));
      expect(queue.take()).toBe(-1);
    }),
  );
});
