/** Opens the extensions of a region: each gets what the region offers, and its listeners are added to the facts. */
import type { AnyStateMachine } from 'xstate';
import {
  addListeners,
  type ExtensionRegion,
  ExtensionState,
  fillRecord,
  regionExtensions,
} from './extension-part.ts';
import type { RegionServices } from './services.ts';

/** A region whose facts go to an observable sink, with the executive that starts its actors. */
interface ExtendedRegion extends RegionServices {
  readonly executive: { start(statechart: AnyStateMachine, entity: object): number };
}

export function openExtensions(region: ExtendedRegion): ExtensionState[] {
  return regionExtensions().map((extension) => {
    const state = new ExtensionState(extension, offerOf(region));
    addListeners(region.facts, state.part);
    return state;
  });
}

function offerOf(region: ExtendedRegion): ExtensionRegion {
  const { seed, world, plan, effects } = region;
  const facts = region.facts as unknown as Record<string, (record: object) => void>;
  const scratch = region.scratch as unknown as Record<string, Record<string, number | string>>;
  return {
    get nowMs() {
      return region.nowMs;
    },
    ...{ seed, world, plan, effects },
    emit: (table, fields) => {
      const record = scratch[table];
      fillRecord(table, record, fields as Record<string, number | string>, region.nowMs);
      facts[table](record);
    },
    // A restored region has another executive than a new one.
    start: (statechart, entity) => region.executive.start(statechart, entity),
    send: (handle, type, argument) => region.send(handle, type, argument),
    sendAt: (atMs, handle, type, argument) => region.sendAt(atMs, handle, type, argument),
  };
}
