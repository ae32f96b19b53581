/** A world that ends as one that is killed. */
import type { FactSink } from '../../src/domain/facts.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import type { MakeWorld } from '../../src/run/make-world.ts';

/** A world that fails at an instant, without a checkpoint. */
export function failingAt(instantMs: number): MakeWorld {
  return (settings, startMs, paths) => {
    const made = simulatedWorld(settings, startMs, paths);
    return {
      ...made,
      openRegion(id, facts, saved) {
        const failing = Object.entries(facts).map(([table, take]) => [
          table,
          (record: { readonly eventMs: number }) => {
            if (record.eventMs > instantMs) throw new Error('killed');
            (take as (record: unknown) => void)(record);
          },
        ]);
        return made.openRegion(id, Object.fromEntries(failing) as FactSink, saved);
      },
    };
  };
}
