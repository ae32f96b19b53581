/** The guide to the statecharts: how they are run, and each of them drawn from its machine. */
import type { AnyStateMachine } from 'xstate';
import { CAST, type Role } from '../actors/cast.ts';
import { statechartOf } from '../src/engine/statechart.ts';
import { namesOf, ROLES, type RoleGuide, type Source } from './roles.ts';
import { delaysOf, statechartDiagram } from './statechart-diagram.ts';

/** The whole guide as Markdown, for the folder actors. */
export function castGuide(): string {
  const roles = Object.keys(CAST) as Role[];
  return [
    '# The cast',
    '<!-- Made by `npm run docs` from the statecharts and docs/roles.ts. Changes by hand are lost. -->',
    HOW_THEY_PLAY,
    '## Who starts whom',
    SUPERVISION,
    mermaid(
      [
        'flowchart LR',
        ...roles.flatMap((role) => ROLES[role].startedBy.map((by) => `  ${by} --> ${role}`)),
      ].join('\n'),
    ),
    HOW_TO_READ,
    ...roles.flatMap(section),
  ]
    .join('\n\n')
    .concat('\n');
}

const HOW_THEY_PLAY = `Every entity that acts in a world is an actor, and each kind of actor is a statechart in this folder: an
ordinary XState machine made with \`setup({ … }).createMachine({ … })\`. [cast.ts](cast.ts) lists them.

| piece | where | its part |
| --- | --- | --- |
| statechart | here | *when* something happens: states, events, delays, and the names of guards and actions |
| port | [src/domain/ports.ts](../src/domain/ports.ts) | everything that a statechart may ask its entity or tell it to do |
| entity | [src/entities](../src/entities/region.ts) | *how* it happens: draws variates, decides by policies, moves stock, emits facts |
| executive | [src/engine/executive.ts](../src/engine/executive.ts) | runs the actors of a region in simulated time |

A role has one name: the statechart \`store\` in store.ts, the port \`StorePort\`, the entity \`Store\`. The context
of an actor is its entity, seen through the port. Guards ask it and change nothing, actions tell it, and delays are
asked for once, when their timer starts. An actor has no data except its states; it does not even know
the time. The entities of a region know each other by what each declares that it uses of its
neighbours: a truck that unloads hands its goods to the store, which books them. If that may trigger another actor, the entity sends it an event. Facts are not
events: an entity emits them as part of what it does, and no actor reacts to one.

## How they are run

The executive takes the earliest entry from its calendar: a timer that is due, or an event that was sent for
later. It sets the time and hands the entry to the actor, which takes all steps that follow at once: transitions,
actions in order, then the transitions whose guards hold now. Timers of the states entered go on the calendar.
An event sent to another actor is handled at once; one sent to an actor in the middle of a step waits for the end
of that step. Entries for the same instant come in the order in which they were made, so the order of
a run is fixed.

XState interprets statecharts too slowly for millions of visits. So the executive uses it once: it explores each machine
through all configurations, events and results of guards, and keeps what XState did as decision tables
([statechart.ts](../src/engine/statechart.ts), [explorer](../src/engine/statechart-explorer.ts),
[tables](../src/engine/statechart-tables.ts)). In a run an actor walks these tables
([derived-actor.ts](../src/engine/derived-actor.ts)); the machine stays the only source of truth. Under the
engine \`stock\` XState interprets the machines themselves: the facts are the same, as
[a test](../tests/entities/engines.test.ts) checks for a region and
[another](../tests/engine/equivalence.test.ts) for random statecharts.

What tables can't express is refused by name when the machine is first used
([statechart-rules.ts](../src/engine/statechart-rules.ts)): inline guards and actions, invoked and spawned actors,
history states, \`assign\`, computed params. Data of an actor besides its states belongs in the entity.`;

const SUPERVISION = `A region opens by starting its standing cast (\`open()\` in [region.ts](../src/entities/region.ts)); they last as
long as the world. The other actors are started when needed and end in a final state. \`start(role, entity)\`
returns a handle, a small number that the entity keeps and by which others send it events. When an actor ends, its
handle is reused; calendar entries for the old actor are dropped.

Actors have no parents: whoever starts an actor may forget it, and learns of its end only through the entities (the store
knows who is still inside). An error in an actor stops the whole run, with seed, simulated time, role and state: a world
that broke a rule must not be continued. A checkpoint keeps each actor's states and timers beside what its entity
saves of itself ([state.ts](../src/entities/state.ts)).`;

const HOW_TO_READ = `## Reading the diagrams

Arrows say \`event [guard] / actions\`. \`after\` stands for a delay that has passed since the state was entered. An
arrow without event is taken as soon as its guard holds; guards are tested in the order of the machine, and
\`[else]\` is what is left. Inside of a state, or in a note to it, stand what it does on entry and the events that it
reacts to without being left; \`look again\` means that such an event only makes guards be tested anew. Parts of a
state divided by a dashed frame are active side by side.`;

function section(role: Role): string[] {
  const guide = ROLES[role];
  const machine: AnyStateMachine = CAST[role];
  const { file, entity, port } = namesOf(role);
  const started = guide.startedBy.map(sourceText).join(' and ');
  return [
    `## ${role}`,
    guide.about,
    `Statechart [${file}](${file}), entity \`${entity}\` in [${file}](../src/entities/${file}), port \`${port}\`. Started by ${started}.`,
    mermaid(statechartDiagram(machine)),
    ...listOrNone('Events', ['Event', 'Sent by', 'Means'], eventRows(machine, guide)),
    ...listOrNone('Delays', ['Delay', 'Runs in'], delayRows(machine)),
    ...listOrNone('Facts', ['Table', 'When'], factRows(guide)),
  ];
}

/** File of a role's statechart in actors. */
function eventRows(machine: AnyStateMachine, { events }: RoleGuide): string[][] {
  return [...statechartOf(machine).eventTypes].map((type) => {
    const [from, about] = events[type] ?? [[], ''];
    return [code(type), from.map(sourceText).join(', '), about];
  });
}

function delayRows(machine: AnyStateMachine): string[][] {
  return [...delaysOf(machine)].map(([delay, states]) => [
    code(delay),
    states.map(code).join(', '),
  ]);
}

function factRows({ facts }: RoleGuide): string[][] {
  return Object.entries(facts).map(([name, when]) => [
    `[${name}](../docs/data-dictionary.md#${name})`,
    when,
  ]);
}

function sourceText(source: Source): string {
  return source === 'region' ? 'the region when it opens' : `[${source}](#${source.toLowerCase()})`;
}

function listOrNone(title: string, header: string[], rows: string[][]): string[] {
  if (rows.length === 0) return [`**${title}**: none`];
  const lines = [header, header.map(() => '---'), ...rows];
  return [`**${title}**`, lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')];
}

function mermaid(text: string): string {
  return `\`\`\`mermaid\n${text}\n\`\`\``;
}

function code(text: string): string {
  return `\`${text}\``;
}
