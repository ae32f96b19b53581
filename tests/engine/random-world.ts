/** A world of a few actors of random statecharts, driven by random events, that keeps a full trace. */
import type { AnyStateMachine } from 'xstate';
import type { Interpreter } from '../../src/engine/executive.ts';
import { Executive } from '../../src/engine/executive.ts';
import { SimulationFault } from '../../src/engine/fault.ts';
import { StatechartError } from '../../src/engine/statechart-rules.ts';
import { statechartOf } from '../../src/engine/statechart.ts';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import type { RandomWorld } from './random-statechart.ts';
import { eventTypes, handles, randomMachine } from './random-statechart.ts';

const machineKey = purposeKey('test', 'machine');
const driverKey = purposeKey('test', 'driver');
const entityKey = purposeKey('test', 'entity');

/** Two machines that the executive accepts, or undefined if this seed gives one that it refuses. */
export function acceptedMachines(seed: number): AnyStateMachine[] | undefined {
  try {
    return ['m', 'n'].map((id, index) => {
      const machine = randomMachine(id, Substream.of(seed, machineKey, index));
      statechartOf(machine);
      return machine;
    });
  } catch (error) {
    if (error instanceof StatechartError) return undefined;
    throw error;
  }
}

export interface WorldOptions {
  interpreter: Interpreter;
  seed: number;
  machines: readonly AnyStateMachine[];
  faultRate: number;
  /** Called between rounds; may replace the executive. */
  betweenRounds?: (world: RandomWorld) => void;
}

const ROUNDS = 12;
const ACTORS = 3;
const MAX_BORN = 40;

/** The trace of a run; a fault ends it and is its last line. */
export function traceOf(options: WorldOptions): string[] {
  const { interpreter, seed, machines, faultRate, betweenRounds } = options;
  const driver = Substream.of(seed, driverKey);
  let born = 0;
  const world: RandomWorld = {
    executive: new Executive({ startMs: 1000, interpreter, seed }),
    trace: [],
    entities: [],
    tickets: [],
    start: (stream) => {
      const { executive, entities } = world;
      if (executive.runningActors === handles.length || born === MAX_BORN) return;
      for (const handle of handles) {
        if (!executive.isAlive(handle)) entities[handle] = undefined;
      }
      const machine = machines[stream.below(machines.length)];
      const paths = [...statechartOf(machine).paths];
      const own = Substream.of(seed, entityKey, born);
      const entity = { name: `#${born++}`, world, stream: own, paths };
      const handle = executive.start(machine, entity);
      world.trace.push(`${entity.name} has handle ${handle}`);
      entities[handle] = entity;
    },
    sendsLeft: 60,
    faultRate,
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      while (world.executive.runningActors < ACTORS && born < MAX_BORN) world.start(driver);
      const { executive } = world;
      const alive = handles.filter((handle) => executive.isAlive(handle));
      for (let event = 0; event < 4 && alive.length > 0; event++) {
        const to = alive[driver.below(alive.length)];
        const type = eventTypes[driver.below(eventTypes.length)];
        const atMs = executive.nowMs + driver.below(15);
        world.tickets.push(executive.sendAt(atMs, to, type, driver.below(100)));
      }
      const delivered = executive.run(executive.nowMs + 1 + driver.below(15));
      for (const handle of alive) {
        const state = executive.isAlive(handle) ? stateOf(world, handle) : 'ended';
        world.trace.push(`${executive.nowMs} handle ${handle} in ${state}`);
      }
      world.trace.push(`delivered ${delivered}, pending ${executive.pending}`);
      betweenRounds?.(world);
    }
  } catch (error) {
    if (!(error instanceof SimulationFault)) throw error;
    world.trace.push(error.message);
  }
  return world.trace;
}

/** All that can be asked about the state of an actor. */
function stateOf({ executive, entities }: RandomWorld, handle: number): string {
  const active = entities[handle]?.paths.filter((path) => executive.matches(handle, path));
  return `${executive.stateOf(handle)} of ${active?.join(' ')}`;
}
