/** `sim scenario`: lists, describes, writes and validates scenarios, and checks what they promise. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Argument, type Command } from 'commander';
import { InputError, reasonOf } from '../domain/errors.ts';
import { shellWord } from '../domain/shell-word.ts';
import { checkScenario, type ScenarioCheck, trialConfig } from '../library/check-scenario.ts';
import { parseMoment } from '../engine/moment.ts';
import { StatusLine } from '../run/status-line.ts';
import { compileEffects } from '../scenario/effects.ts';
import { chooseScenarios } from '../scenario/chosen-scenarios.ts';
import { listScenarios, parseScenario, scenarioNames } from '../scenario/scenario.ts';
import { scenarioTemplate } from '../scenario/template.ts';
import { buildWorld } from '../world/build.ts';
import { loadDictionaries } from '../world/dictionaries.ts';
import { SET_ABOUT, SET_FLAG } from './arguments.ts';
import type { Context } from './context.ts';
import { offering } from './offered-words.ts';
import { checkText, describeScenario } from './scenario-text.ts';
import { launcher } from './suggest.ts';
import { messagesOf } from './terminal.ts';

const MOST_SEEDS = 100;

export function addScenario(root: Command, context: Context): void {
  const scenario = root.command('scenario').addHelpText('after', HELP);
  addList(scenario, context);
  addDescribe(scenario, context);
  addNew(scenario, context);
  addValidate(scenario, context);
  addCheck(scenario, context);
}

const HELP = `
Name scenarios of the project by name, others by the path of their YAML file.

Examples:
  sim scenario list
  sim scenario describe disruption
  sim scenario new heat-wave.yaml
  sim scenario validate heat-wave.yaml
  sim scenario check heat-wave.yaml --seeds 3`;

function addList(scenario: Command, { terminal }: Context): void {
  scenario
    .command('list')
    .description('Lists the scenarios that come with the project.')
    .option('--json', 'as one JSON object on stdout')
    .action(({ json }: { json?: true }) => {
      const all = listScenarios();
      const rows = all.map((each) =>
        'fault' in each
          ? { name: each.name, fault: each.fault }
          : { name: each.name, title: each.scenario.title },
      );
      if (json) terminal.out(`${JSON.stringify({ scenarios: rows })}\n`);
      else {
        const width = Math.max(...rows.map(({ name }) => name.length));
        for (const { name, title, fault } of rows) {
          terminal.out(`${name.padEnd(width)}  ${title ?? `cannot be used: ${fault}`}\n`);
        }
      }
    });
}

function addDescribe(scenario: Command, { terminal }: Context): void {
  scenario
    .command('describe')
    .description('Shows what a scenario does, when and where, its trial and what it expects.')
    .addArgument(scenarioArgument('<name>'))
    .option(SET_FLAG, SET_ABOUT)
    .option('--json', 'as one JSON object on stdout')
    .action((name: string, { json, set }: { json?: true; set?: string[] }) => {
      const [{ file: _file, ...loaded }] = chooseScenarios([name], set);
      terminal.out(json ? `${JSON.stringify(loaded)}\n` : describeScenario(loaded));
    });
}

function addNew(scenario: Command, { terminal }: Context): void {
  scenario
    .command('new')
    .description('Writes a scenario with comments, to be changed.')
    .argument('<file>', 'YAML file to write; its name is that of the scenario')
    .action((given: string) => {
      const file = /\.ya?ml$/.test(given) ? given : `${given}.yaml`;
      const text = scenarioTemplate(path.basename(file).replace(/\.ya?ml$/, ''));
      // A name that a scenario can't have is refused before anything is written.
      parseScenario(text, file);
      writeNew(file, text);
      terminal.say(
        `Wrote ${file}. Check it with: ${launcher()} scenario check ${shellWord(file)}\n`,
      );
    });
}

function writeNew(file: string, text: string): void {
  if (existsSync(file)) {
    throw new InputError(
      `Cannot write "${file}": it exists already. Choose another name, or move it away.`,
    );
  }
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new InputError(`Cannot write "${file}": ${reasonOf(error)}`);
  }
}

function addValidate(scenario: Command, { terminal, exit }: Context): void {
  scenario
    .command('validate')
    .description('Checks files of scenarios, and that what they name is there in their trial.')
    .addArgument(scenarioArgument('<name|file...>'))
    .option(SET_FLAG, SET_ABOUT)
    .action((names: string[], { set }: { set?: string[] }) => {
      let faults = 0;
      for (const name of names) {
        try {
          terminal.out(`${validated(name, set)} can be used.\n`);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          faults++;
          terminal.say(`error: ${error.message}\n`);
        }
      }
      if (faults > 0) exit(2);
    });
}

/** Returns the name of a scenario that can be used. @throws InputError */
function validated(name: string, set: readonly string[] = []): string {
  const [scenario] = chooseScenarios([name], set);
  const { trial } = scenario;
  const config = trialConfig(trial);
  const world = buildWorld(
    config,
    loadDictionaries(config.paths.dictionaries),
    parseMoment(trial.from, 0),
  );
  compileEffects([scenario], world);
  return path.basename(scenario.file);
}

function addCheck(scenario: Command, { terminal, exit }: Context): void {
  scenario
    .command('check')
    .description(
      'Generates the trial of a scenario and the same world without it, and evaluates what it expects; exit code 1 if something does not hold.',
    )
    .addArgument(scenarioArgument('<name>'))
    .option('--seeds <n>', 'number of seeds, from 1 on', seedCount, 3)
    .option('--out <dir>', 'folder to keep the worlds in; they are removed without it')
    .option(SET_FLAG, SET_ABOUT)
    .option('--json', 'as one JSON object on stdout')
    .action(async (name: string, flags: CheckFlags) => {
      const line = new StatusLine(messagesOf(terminal));
      let check: ScenarioCheck;
      try {
        check = await checkScenario(name, {
          seeds: Array.from({ length: flags.seeds }, (_, index) => index + 1),
          ...(flags.out !== undefined && { out: flags.out }),
          ...(flags.set !== undefined && { set: flags.set }),
          onStep: (step) => line.show(() => step),
        });
      } finally {
        line.clear();
      }
      terminal.out(flags.json ? `${JSON.stringify(check)}\n` : checkText(check));
      if (!check.holds) exit(1);
    });
}

interface CheckFlags {
  readonly seeds: number;
  readonly out?: string;
  readonly set?: readonly string[];
  readonly json?: true;
}

function scenarioArgument(form: string): Argument {
  return offering(new Argument(form, 'scenarios by name, or their YAML files'), () =>
    scenarioNames(),
  );
}

function seedCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_SEEDS) return count;
  throw new InputError(
    `--seeds is "${text}": expected how many seeds to try, a whole number from 1 to ${MOST_SEEDS}`,
  );
}
