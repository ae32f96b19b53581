/** A short history of the selected store or truck: the server's samples, continued with new ones. */
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
  /** Whether nobody watched between the previous sample and this one. */
  readonly gap: boolean;
}

const KEPT = 240;
/** States arrive twice a second; a longer time without any is a gap. */
const GAP_MS = 5000;

export function useStoreSamples(id: number): readonly StoreSample[] {
  const [samples, setSamples] = useState<readonly StoreSample[]>([]);
  useEffect(() => {
    let left = false;
    void get<StoreDetail>(`/api/live/store/${id}`)
      .then((answer) => {
        const older = answer.samples.map(({ simulatedMs: atMs, occupancy, stockouts, gap }) => ({
          ...{ atMs, occupancy, stockouts, gap },
        }));
        if (!left) setSamples((newer) => joined(older, newer));
      })
      .catch(() => {});
    let heardMs = Number.NEGATIVE_INFINITY;
    const end = live.subscribe((state) => {
      const wallMs = state?.clock.wallMs ?? 0;
      const gap = wallMs - heardMs > GAP_MS;
      heardMs = wallMs;
      const sample = sampleOf(state, id, gap);
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

/** The server's samples and those since; the server knows whether there was a gap before the first of those. */
export function joined(older: readonly StoreSample[], newer: readonly StoreSample[]) {
  const [first, ...rest] = newer;
  if (first === undefined) return older.slice(-KEPT);
  const before = older.filter(({ atMs }) => atMs < first.atMs);
  const same = older.find(({ atMs }) => atMs === first.atMs);
  const gap = same?.gap ?? before.length > 0;
  return [...before, { ...first, gap }, ...rest].slice(-KEPT);
}

function sampleOf(state: LiveState | null, id: number, gap: boolean): StoreSample | null {
  const now = state?.stores.find((each) => each.id === id);
  if (state === null || now === undefined) return null;
  const atMs = instantOfRegion(state, directory.value.stores.get(id)?.dcId);
  if (atMs === null) return null;
  return { atMs, occupancy: now.occupancy, stockouts: now.stockouts, gap };
}

/** What a truck was seen doing; requested again whenever it does something else. */
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
