/** A region that tells who does what: which role starts which, sends what, and emits which facts. */
import type { Role } from '../../actors/cast.ts';
import type { Source } from '../../docs/roles.ts';
import { FACT_NAMES, type FactName, type FactSink } from '../../src/domain/facts.ts';
import type { DisruptionCommand } from '../../src/domain/requested-disruption.ts';
import type { Effects } from '../../src/policy/effects.ts';
import { Region } from '../../src/entities/region.ts';
import type { World } from '../../src/world/world.ts';

export interface Deeds {
  /** `store starts customerSession` */
  readonly starts: Set<string>;
  /** `campaign sends VISIT_DUE to store` */
  readonly sends: Set<string>;
  /** `store emits store_ops` */
  readonly facts: Set<string>;
}

/** Runs the first region of a world and returns what was done, by whom. */
export function deedsOf(
  world: World,
  effects: Effects,
  commands: readonly DisruptionCommand[],
  untilMs: number,
): Deeds {
  const deeds: Deeds = { starts: new Set(), sends: new Set(), facts: new Set() };
  const acting: Source[] = ['region'];
  const roleOf = new Map<number, Role>();
  const facts = Object.fromEntries(
    FACT_NAMES.map((name: FactName) => [
      name,
      () => deeds.facts.add(`${acting.at(-1)} emits ${name}`),
    ]),
  ) as unknown as FactSink;

  class TracedRegion extends Region {
    override start(role: Role, context: object): number {
      deeds.starts.add(`${acting.at(-1)} starts ${role}`);
      const handle = super.start(role, entityOf(role, context));
      roleOf.set(handle, role);
      return handle;
    }

    override send(handle: number, type: string, argument = 0): void {
      deeds.sends.add(`${acting.at(-1)} sends ${type} to ${roleOf.get(handle)}`);
      super.send(handle, type, argument);
    }

    override sendAt(atMs: number, handle: number, type: string, argument: number): void {
      deeds.sends.add(`${acting.at(-1)} sends ${type} to ${roleOf.get(handle)}`);
      super.sendAt(atMs, handle, type, argument);
    }
  }

  /** The entity as its statechart sees it: while one of its methods runs, its role is acting. */
  function entityOf(role: Role, context: object): object {
    return new Proxy(context, {
      get(entity, name) {
        const member = Reflect.get(entity, name, entity);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          acting.push(role);
          try {
            return member.apply(entity, args);
          } finally {
            acting.pop();
          }
        };
      },
    });
  }

  const region = new TracedRegion({ world, plan: world.regions[0], effects, facts });
  region.open();
  for (const command of commands) {
    region.executive.run(command.atMs);
    region.disruptions.apply(command);
  }
  region.executive.run(untilMs);
  return deeds;
}
