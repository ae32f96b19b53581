/** Notable events, found by comparing each state with the previous one. */
import { signal } from '@preact/signals';
import { disruptionLabel } from './disruption-words.ts';
import { instantOfRegion, isTimeLapse } from './instants.ts';
import { absences, live, network } from './live.ts';
import type { LiveState, TruckNow } from './live-types.ts';
import { type Target, directory, placeName, targetName, targetsOf, truckName } from './places.ts';
import { hasArrived } from './trucks.ts';

export interface Happening {
  readonly id: number;
  readonly atMs: number;
  /** Whether only its day is known, because it was seen in a time-lapse. */
  readonly isDay: boolean;
  readonly kind: 'stockout' | 'truck' | 'disruption' | 'store';
  readonly text: string;
  readonly target: Target | null;
}

const KEPT = 60;
/** The most that one state reports; the others are shown as a number, if there is more than one. */
const MOST_OF_A_KIND = 3;

export const happenings = signal<readonly Happening[]>([]);

let last: LiveState | null = null;
let nextId = 1;

live.subscribe((state) => {
  const before = last;
  last = state;
  if (state === null || state.clock.simulatedMs === null) return;
  if (before === null || before.clock.simulatedMs === null) return;
  const nowMs = state.clock.simulatedMs;
  if (nowMs < before.clock.simulatedMs) {
    // Time went back: later events belong to an earlier run of this world.
    happenings.value = happenings.value.filter(({ atMs }) => atMs <= nowMs);
    return;
  }
  // A world that stops or starts is shown at another instant: nothing happened in between.
  if (before.clock.mode !== state.clock.mode) return;
  // Something that is no longer seen because nothing runs has not ended.
  if (before.dcs.length === 0 || state.dcs.length === 0) return;
  const isDay = isTimeLapse(state);
  const found = compare(before, state, nowMs);
  const fresh = found.map((each) => ({ ...each, id: nextId++, isDay }));
  if (fresh.length > 0) happenings.value = [...fresh, ...happenings.value].slice(0, KEPT);
});

// What changed while nobody looked did not happen just now.
absences.subscribe(() => {
  last = null;
});

network.subscribe(() => {
  last = null;
  happenings.value = [];
});

type Told = Omit<Happening, 'id' | 'isDay'>;

function compare(before: LiveState, state: LiveState, atMs: number): Told[] {
  const lasting = [
    ...limited(disruptions(before, state, atMs), (more) => `${more} more disruptions changed`),
    ...limited(stockouts(before, state), (more) => `${more} more stores ran out of something`),
  ];
  // Between two moments of a time-lapse whole days pass: changes in between are not reported.
  if (isTimeLapse(state)) return lasting;
  return [
    ...lasting,
    ...limited(arrivals(before, state, atMs), (more) => `${more} more trucks arrived`),
    ...openings(before, state, atMs),
  ];
}

/** The first ones, and how many more there are; a single further one is listed too. */
function limited(told: Told[], rest: (more: number) => string): Told[] {
  if (told.length <= MOST_OF_A_KIND + 1) return told;
  const { atMs, kind } = told[0];
  const more = rest(told.length - MOST_OF_A_KIND);
  return [...told.slice(0, MOST_OF_A_KIND), { atMs, kind, text: `… and ${more}`, target: null }];
}

function stockouts(before: LiveState, state: LiveState): Told[] {
  const dcOf = (id: number) => directory.value.stores.get(id)?.dcId;
  const was = new Map(before.stores.map(({ id, stockouts: out }) => [id, out]));
  return state.stores
    .filter(({ id, stockouts: out }) => out > (was.get(id) ?? out))
    .map(({ id, stockouts: out }) => ({
      atMs: instantOfRegion(state, dcOf(id)) ?? 0,
      kind: 'stockout',
      text: `${placeName('store', id)} is out of ${out} ${out === 1 ? 'product' : 'products'}`,
      target: { kind: 'store', id },
    }));
}

function arrivals(before: LiveState, state: LiveState, atMs: number): Told[] {
  const now = new Map(state.trucks.map((truck) => [truck.id, truck]));
  return before.trucks.filter((truck) => hasArrived(truck, now.get(truck.id))).map(arrival(atMs));
}

function arrival(atMs: number): (truck: TruckNow) => Told {
  return ({ id, to }) => ({
    atMs,
    kind: 'truck',
    text: `${truckName(id)} reached ${placeName(to.kind, to.id)}`,
    target: to.kind === 'supplier' ? null : { kind: to.kind, id: to.id },
  });
}

function disruptions(before: LiveState, state: LiveState, atMs: number): Told[] {
  const active = (each: LiveState) =>
    new Map(each.disruptions.filter(({ status }) => status === 'active').map((d) => [d.id, d]));
  const [was, now] = [active(before), active(state)];
  const tell = (what: 'Begun' | 'Over') => (d: LiveState['disruptions'][number]) => ({
    atMs: Math.min(atMs, what === 'Begun' ? d.startMs : d.endMs),
    kind: 'disruption' as const,
    text: `${what}: ${disruptionLabel(d.type)}, ${targetName(d.target)}`,
    target: targetsOf(d.target).at(0) ?? null,
  });
  return [
    ...[...now.values()].filter(({ id }) => !was.has(id)).map(tell('Begun')),
    ...[...was.values()].filter(({ id }) => !now.has(id)).map(tell('Over')),
  ];
}

/** Stores open and close together; this is reported by region. */
function openings(before: LiveState, state: LiveState, atMs: number): Told[] {
  const was = new Map(before.stores.map(({ id, open }) => [id, open]));
  const changes = new Map<string, { dcId: number; opened: boolean; count: number }>();
  for (const { id, open } of state.stores) {
    if (was.get(id) === undefined || was.get(id) === open) continue;
    const dcId = directory.value.stores.get(id)?.dcId ?? 0;
    const key = `${dcId}:${open}`;
    const change = changes.get(key) ?? { dcId, opened: open, count: 0 };
    change.count++;
    changes.set(key, change);
  }
  return [...changes.values()].map(({ dcId, opened, count }) => ({
    atMs,
    kind: 'store',
    text: `${count} ${count === 1 ? 'store' : 'stores'} of ${placeName('dc', dcId)} ${opened ? 'opened' : 'closed'}`,
    target: { kind: 'dc', id: dcId },
  }));
}
