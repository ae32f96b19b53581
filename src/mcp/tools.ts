/** What an MCP client can ask for. Each tool answers with text; what writes asks to be confirmed first. */
import { z } from 'zod';
import { contracts } from '../contracts/contract.ts';
import { markdown } from '../contracts/markdown.ts';
import { InputError } from '../domain/errors.ts';
import { formatBytes, formatCount, formatDuration } from '../domain/format.ts';
import { formatInstant } from '../engine/time.ts';
import { checkScenario } from '../library/check-scenario.ts';
import { generate } from '../library/generate.ts';
import { windowOf } from '../library/instants.ts';
import { settleWorld } from '../library/settled.ts';
import { readState } from '../library/state.ts';
import { verify } from '../library/verify.ts';
import { readWorld } from '../library/world-config.ts';
import { NAMED_VIEWS } from '../query/named-views.ts';
import { WorldQuery } from '../query/world-query.ts';
import { estimateRun } from '../run/estimate.ts';
import { zonesOfWorld } from '../run/check-world.ts';
import { runWindow } from '../run/window.ts';
import { listScenarios, loadScenario } from '../scenario/scenario.ts';
import { readManifest } from '../store/manifest.ts';
import { worldPaths } from '../store/paths.ts';
import { formatReport } from '../verify/report.ts';
import { startOf } from '../world/config.ts';
import { PRESETS, type PresetName } from '../world/presets.ts';
import type { Worlds } from './worlds.ts';

export interface Tool<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodObject<Shape>;
  /** Whether it changes nothing. */
  readonly isReading: boolean;
  readonly run: (input: z.infer<z.ZodObject<Shape>>, worlds: Worlds) => Promise<string>;
}

function tool<Shape extends z.ZodRawShape>(definition: Tool<Shape>): Tool {
  return definition as unknown as Tool;
}

const QUERY_TIMEOUT_MS = 60_000;
const MOST_ROWS = 1000;
const MOST_SEEDS = 10;

const world = z.string().describe('Name of the world, as list_worlds has it.');
const presetNames = Object.keys(PRESETS) as [PresetName, ...PresetName[]];
const description = {
  preset: z
    .enum(presetNames)
    .default('small')
    .describe(presetNames.map((name) => `${name}: ${PRESETS[name].about}`).join('; ')),
  seed: z.int().min(0).default(42).describe('Another seed gives another world of the same kind.'),
  scenarios: z
    .array(z.string().regex(/^[a-z][a-z0-9-]*$/))
    .default([])
    .describe('Names of scenarios, as list_scenarios has them.'),
  from: z.iso.date().optional().describe('First day of a new world; 2024-01-01 without it.'),
  days: z.int().min(1).max(3660).default(7).describe('Length of the history.'),
};

export const TOOLS: readonly Tool[] = [
  tool({
    name: 'list_worlds',
    description: 'Lists the worlds that there are, with seed, scenarios and how far each reaches.',
    input: z.object({}),
    isReading: true,
    run: async (_, worlds) => {
      const states = worlds.names().map((name) => ({ name, ...readState(worlds.folder(name)) }));
      return JSON.stringify(states, null, 2);
    },
  }),
  tool({
    name: 'describe_tables',
    description:
      'Describes tables and types of events: columns, types, keys, references. Without names it lists all of them, and the ' +
      'views for queries.',
    input: z.object({ names: z.array(z.string()).default([]) }),
    isReading: true,
    run: async ({ names }) => {
      const all = contracts();
      if (names.length === 0) {
        return [
          ...Object.entries(NAMED_VIEWS).map(([name, { about }]) => `${name} (view): ${about}`),
          ...all.map(({ name, kind, about }) => `${name} (${kind}): ${about}`),
        ].join('\n');
      }
      const chosen = all.filter(({ name }) => names.includes(name));
      if (chosen.length < names.length) {
        throw new InputError(`There is no table or event of the names ${names.join(', ')}.`);
      }
      return markdown(chosen);
    },
  }),
  tool({
    name: 'list_scenarios',
    description: 'Lists the scenarios: what can happen in a world.',
    input: z.object({}),
    isReading: true,
    run: async () =>
      listScenarios()
        .flatMap((each) =>
          'scenario' in each
            ? [`${each.name}: ${each.scenario.title}. ${each.scenario.description}`]
            : [],
        )
        .join('\n'),
  }),
  tool({
    name: 'describe_scenario',
    description: 'Shows the effects of a scenario, its trial, and what it expects.',
    input: z.object({ name: z.string().regex(/^[a-z][a-z0-9-]*$/) }),
    isReading: true,
    run: async ({ name }) => {
      const { file: _file, sha256: _sha256, ...scenario } = loadScenario(name);
      return JSON.stringify(scenario, null, 2);
    },
  }),
  tool({
    name: 'estimate',
    description:
      'Tells how many rows and bytes a new world would have, and how long it would take.',
    input: z.object(description),
    isReading: true,
    run: async (input) => estimateText(input),
  }),
  tool({
    name: 'generate',
    description:
      'Generates the history of a new world, or continues one. Without confirm it only tells what it would write.',
    input: z.object({
      world,
      ...description,
      confirm: z.boolean().default(false).describe('Whether to write.'),
    }),
    isReading: false,
    run: async (input, worlds) => {
      const { preset, seed, scenarios, from, days, confirm } = input;
      const out = worlds.folder(input.world);
      const there = readManifest(worldPaths(out).manifest);
      if (!confirm) {
        const what = there === undefined ? 'generate the world' : 'continue the world';
        return `This would ${what} "${input.world}".\n${estimateText(input)}\nCall it with confirm: true to write.`;
      }
      const notes: string[] = [];
      const result = await generate(
        { preset, seed, scenarios },
        {
          out,
          days,
          ...(there === undefined && { from: from ?? '2024-01-01' }),
          onNote: (note) => notes.push(note),
        },
      );
      const rows = formatCount(result.rows);
      return [
        `The world "${input.world}" reaches ${formatInstant(result.committedMs)}: ${rows} rows, ` +
          `${formatBytes(result.bytes)} in ${formatDuration(result.seconds)}.`,
        ...notes.map((note) => `note: ${note}`),
      ].join('\n');
    },
  }),
  tool({
    name: 'query',
    description:
      'Answers one SQL query (DuckDB) about a world: SELECT, WITH, FROM, DESCRIBE or SUMMARIZE. Tables as in describe_tables; ' +
      `views ${Object.keys(NAMED_VIEWS).join(', ')} have names and local times.`,
    input: z.object({
      world,
      sql: z.string(),
      limit: z.int().min(1).max(MOST_ROWS).default(100).describe('The most rows.'),
    }),
    isReading: true,
    run: async ({ world: name, sql, limit }, worlds) => {
      const paths = worlds.paths(name);
      await settleWorld(paths);
      const database = await WorldQuery.open(paths);
      try {
        const { columns, rows, isCut } = await database.answer(sql, {
          limit,
          timeoutMs: QUERY_TIMEOUT_MS,
        });
        return JSON.stringify({ columns, rows, ...(isCut && { cut_at: limit }) });
      } finally {
        database.close();
      }
    },
  }),
  tool({
    name: 'verify',
    description: 'Checks a world against every invariant: stock, money, trucks, visits, ads.',
    input: z.object({ world }),
    isReading: true,
    run: async ({ world: name }, worlds) =>
      formatReport(await verify(worlds.paths(name).root), { colour: false }),
  }),
  tool({
    name: 'check_scenario',
    description:
      'Generates the trial of a scenario beside the same world without it, in a temporary folder, and tells whether it does ' +
      'what it says.',
    input: z.object({
      name: z.string().regex(/^[a-z][a-z0-9-]*$/),
      seeds: z.int().min(1).max(MOST_SEEDS).default(1),
    }),
    isReading: true,
    run: async ({ name, seeds }) =>
      JSON.stringify(
        await checkScenario(name, { seeds: Array.from({ length: seeds }, (_, at) => at + 1) }),
        null,
        2,
      ),
  }),
];

type Described = z.infer<z.ZodObject<typeof description>>;

function estimateText({ preset, seed, scenarios, from, days }: Described): string {
  const { config, dictionaries } = readWorld({ preset, seed, scenarios });
  const request = windowOf({ from: from ?? '2024-01-01', days });
  const window = runWindow(request, startOf(config), undefined, Number.MAX_SAFE_INTEGER);
  const zones = zonesOfWorld(config, dictionaries, window.startMs);
  const { rows, bytes, seconds } = estimateRun(config, window, { zones });
  return (
    `${days} days from ${formatInstant(window.fromMs)}: about ${formatCount(rows)} rows, ` +
    `${formatBytes(bytes)}, ${formatDuration(seconds)}.`
  );
}
