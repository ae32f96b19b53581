/** A short history of the chosen store or truck: what the server kept, continued with what comes. */
import { useEffect, useState } from 'preact/hooks';
import { get } from '../lib/http.ts';
import { live } from '../lib/live.ts';
import type { LiveState, PlaceKind } from '../lib/live-types.ts';

export interface StoreSample {
  readonly atMs: number;
  readonly occupancy: number;
  readonly stockouts: number;
}

export interface TruckLeg {
  readonly departedMs: number;
  readonly arrivesMs: number | null;
  readonly fromKind: PlaceKind;
  readonly fromId: number;
  readonly toKind: PlaceKind;
  readonly toId: number;
}

const KEPT = 240;

export function useStoreSamples(id: number): readonly StoreSample[] {
  const [samples, setSamples] = useState<readonly StoreSample[]>([]);
  useEffect(() => {
    let left = false;
    void get<{ history: readonly StoreSample[] }>(`/api/live/store/${id}`)
      .then(({ history }) => {
        if (!left) setSamples((newer) => [...history, ...newer].slice(-KEPT));
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

function sampleOf(state: LiveState | null, id: number): StoreSample | null {
  const row = state?.stores.find(([each]) => each === id);
  const atMs = state?.clock.simulatedMs;
  if (row === undefined || atMs === null || atMs === undefined) return null;
  return { atMs, occupancy: row[1], stockouts: row[3] };
}

export function useTruckLegs(id: number): readonly TruckLeg[] {
  const [legs, setLegs] = useState<readonly TruckLeg[]>([]);
  useEffect(() => {
    let left = false;
    void get<{ legs: readonly TruckLeg[] }>(`/api/live/truck/${id}`)
      .then((answer) => {
        if (!left) setLegs(answer.legs);
      })
      .catch(() => {});
    return () => {
      left = true;
    };
  }, [id]);
  return legs;
}
