import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SlotPool } from '../../src/entities/slot-pool.ts';
import { SavedState } from '../../src/entities/state.ts';
import { plainCopy } from '../helpers/plain-copy.ts';

const FIELDS = ['value', 'negative'] as const;

it('keeps what is stored until it is released, across a save, without growing beyond the need', () => {
  const steps = fc.array(
    fc.oneof(fc.integer({ min: 1, max: 1e9 }), fc.constant(0), fc.constant(-1)),
    { maxLength: 300 },
  );
  fc.assert(
    fc.property(steps, (script) => {
      let pool = new SlotPool(FIELDS);
      const model = new Map<number, number>();
      let most = 0;
      for (const step of script) {
        if (step > 0) model.set(pool.add({ negative: -step, value: step }), step);
        else if (step === 0) {
          const [slot] = model.keys();
          if (slot === undefined) continue;
          pool.release(slot);
          model.delete(slot);
        } else {
          const saved = new SavedState(plainCopy(pool.save('pool')));
          pool = new SlotPool(FIELDS);
          pool.restore(saved, 'pool');
        }
        most = Math.max(most, model.size);
        expect(pool.size).toBe(model.size);
        for (const [slot, value] of model) {
          expect(slot).toBeLessThan(most);
          expect([pool.get(slot, 'value'), pool.get(slot, 'negative')]).toEqual([value, -value]);
        }
      }
    }),
    { numRuns: 60 },
  );
});
