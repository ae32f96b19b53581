/** A short history of the chosen store or truck: what the server kept, continued with what comes. */
import { useEffect, useState } from 'preact/hooks';
import type { StoreDetail, TruckDetail } from '../lib/api-types.ts';
import { get } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import { instantOfRegion } from '../lib/instants.ts';
import type { LiveState } from '../lib/live-types.ts';
import { directory } from '../lib/places.ts';

export interface StoreSample {
  readonly atMs: number;
  readonly occupancy: number;
  readonly stockouts: number;
}

const KEPT = 240;

export function useStoreSamples(id: number): readonly StoreSample[] {
  const [samples, setSamples] = useState<readonly StoreSample[]>([]);
  useEffect(() => {
    let left = false;
    void get<StoreDetail>(`/api/live/store/${id}`)
      .then((answer) => {
        const older = answer.samples.map(({ simulatedMs: atMs, occupancy, stockouts }) => ({
          atMs,
          occupancy,
          stockouts,
        }));
        if (!left) setSamples((newer) => joined(older, newer));
      })
      .catch(() => {});
    const end = live.subscribe((state) => {
      const sample = sampleOf(state, id);
      if (sample === null) return;
      setSamples((older) =>
        older.at(-1)?.atMs === sample.atMs ? older : [...older, sample].slice(-KEPT),
      );
    });
    return () => {
      left = true;
      end();
    };
  }, [id]);
  return samples;
}

/** What the server kept, and what came since. */
function joined(older: readonly StoreSample[], newer: readonly StoreSample[]) {
  const firstMs = newer.at(0)?.atMs ?? Number.POSITIVE_INFINITY;
  return [...older.filter(({ atMs }) => atMs < firstMs), ...newer].slice(-KEPT);
}

function sampleOf(state: LiveState | null, id: number): StoreSample | null {
  const now = state?.stores.find((each) => each.id === id);
  if (state === null || now === undefined) return null;
  const atMs = instantOfRegion(state, directory.value.stores.get(id)?.dcId);
  if (atMs === null) return null;
  return { atMs, occupancy: now.occupancy, stockouts: now.stockouts };
}

/** What a truck was seen doing: asked for anew whenever it does something else. */
export function useTruckLegs(id: number): TruckDetail['legs'] {
  const [legs, setLegs] = useState<TruckDetail['legs']>([]);
  const now = live.value?.trucks.find((each) => each.id === id);
  const doing = now && [now.status, ...[now.from, now.to].map((end) => `${end.kind}:${end.id}`)];
  useEffect(() => {
    let left = false;
    void get<TruckDetail>(`/api/live/truck/${id}`)
      .then((answer) => {
        if (!left) setLegs(answer.legs);
      })
      .catch(() => {});
    return () => {
      left = true;
    };
  }, [id, doing?.join()]);
  return legs;
}
