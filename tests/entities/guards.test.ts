/** Guards ask, actions do: methods that a statechart's guards call change nothing. */
import { readFileSync } from 'node:fs';
import type { AnyStateMachine } from 'xstate';
import { describe, expect, it } from 'vitest';
import { CAST, type Role } from '../../actors/cast.ts';
import { namesOf } from '../../docs/roles.ts';
import type { Region } from '../../src/entities/region.ts';
import { HOUR_MS } from '../../src/engine/time.ts';
import { DigestSink } from '../helpers/digest-sink.ts';
import { BUSY_MS, freshRegion, runTo } from './busy-region.ts';
import { differences, stateFields } from './state-fields.ts';

const roles = Object.keys(CAST) as Role[];
const ports = readFileSync(new URL('../../src/domain/ports.ts', import.meta.url), 'utf8');

/** The methods of a role's interface of guards; none if it has no such interface. */
function declaredGuards(role: Role): string[] {
  const name = namesOf(role).port.replace(/Port$/, 'Guards');
  const body = new RegExp(`^export interface ${name} \\{\n([^}]*)\\}`, 'm').exec(ports)?.[1] ?? '';
  return [...body.matchAll(/^ {2}(\w+)\((.*)\): (.*);$/gm)].map(([, method, params, answer]) => {
    expect([method, params, answer]).toEqual([method, '', 'boolean']);
    return method;
  });
}

/** The methods of its entity that a statechart calls in guards. */
function askedByGuards(role: Role): string[] {
  const machine: AnyStateMachine = CAST[role];
  const asked = new Set<string>();
  const context = new Proxy({}, { get: (_, name) => () => asked.add(String(name)) });
  for (const guard of Object.values(machine.implementations.guards)) {
    (guard as (args: object, params: unknown) => unknown)({ context, event: {} }, undefined);
  }
  return [...asked];
}

/** The entities of a region that have a running actor, by role. */
function entitiesOf(region: Region): Record<Role, readonly object[]> {
  return {
    store: region.stores,
    customerSession: region.sessions.actors(),
    distributionCenter: [region.dc],
    truck: region.fleet.all,
    supplier: [...region.supply.actors()],
    onlineOrder: [...region.orders.actors()],
    onlineShop: [region.shop],
    campaign: [...region.campaigns.actors()],
    disruption: [...region.disruptions.actors()],
    weatherStation: [region.weatherStation],
  };
}

describe('guards', () => {
  it.each(roles)('of %s call what its port declares as guards, and nothing else', (role) => {
    expect(askedByGuards(role).sort()).toEqual(declaredGuards(role).sort());
  });

  it('are pure questions: asked twice of every entity they answer alike, and nothing has changed', () => {
    const sink = new DigestSink();
    const region = freshRegion(sink);
    const answers = new Map<string, Set<boolean>>();
    region.open();
    // Before opening, in the rush, after closing, and with everything going on.
    for (const hours of [-82, -78, -70, -61, -2, 0]) {
      runTo(region, BUSY_MS + hours * HOUR_MS);
      const before = stateFields(region);
      const facts = sink.summary();
      for (const [role, entities] of Object.entries(entitiesOf(region))) {
        for (const guard of declaredGuards(role as Role)) {
          for (const entity of entities as readonly Record<string, () => boolean>[]) {
            const answer = entity[guard]();
            expect(entity[guard](), `${role}.${guard}`).toBe(answer);
            const name = `${role}.${guard}`;
            answers.set(name, (answers.get(name) ?? new Set()).add(answer));
          }
        }
      }
      expect(differences(before, stateFields(region))).toEqual([]);
      expect(sink.summary()).toEqual(facts);
    }
    // All of them were asked, and most were seen to say yes as well as no.
    const all = roles.flatMap((role) => declaredGuards(role).map((guard) => `${role}.${guard}`));
    expect([...answers.keys()].sort()).toEqual(all.sort());
    expect([...answers.values()].filter(({ size }) => size === 2).length).toBeGreaterThan(10);
  });
});
