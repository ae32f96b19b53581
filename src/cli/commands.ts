/** The commands: what the help says of each, and its module, which is loaded when the command is asked for. */
import { Command, Help } from 'commander';
import type { Context } from './context.ts';
import { withExtension } from './extensions.ts';

type AddCommand = (root: Command, context: Context) => void;

interface CommandEntry {
  /** As the list of commands shows it. */
  readonly term: string;
  readonly about: string;
  readonly load: () => Promise<AddCommand>;
  /** Whether it has nothing to do with what a world is made of. */
  readonly isWorldless?: true;
}

export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  quickstart: {
    term: 'quickstart [options]',
    about:
      'Generates a week of the default world in data/, checks it, and suggests what to do next.',
    load: async () => (await import('./quickstart.ts')).addQuickstart,
  },
  init: {
    term: 'init [dir]',
    about: 'Writes a config, a scenario and a .gitignore to begin a project of your own with.',
    load: async () => (await import('./init.ts')).addInit,
  },
  run: {
    term: 'run [options]',
    about: 'Generates the history of a world, or streams the world from where its history ended.',
    load: async () => (await import('./run.ts')).addRun,
  },
  sample: {
    term: 'sample [options]',
    about: 'Makes a small world in Parquet that is the same everywhere, for lessons and tests.',
    load: async () => (await import('./sample.ts')).addSample,
  },
  verify: {
    term: 'verify [options] [dir]',
    about: 'Checks every invariant over the files of a world; exit code 1 if one is broken.',
    load: async () => (await import('./verify.ts')).addVerify,
  },
  query: {
    term: 'query [options] [sql]',
    about: 'Answers a question in SQL about the files of a world, as text or as a file.',
    load: async () => (await import('./query.ts')).addQuery,
  },
  export: {
    term: 'export [options] [dir]',
    about: 'Takes a world to files of another format, or into DuckDB, SQLite or PostgreSQL.',
    load: async () => (await import('./export.ts')).addExport,
  },
  report: {
    term: 'report [options] [dir]',
    about: 'Compares a world with published figures of real retail, or with another world.',
    load: async () => (await import('./report.ts')).addReport,
  },
  estimate: {
    term: 'estimate [options]',
    about: 'Estimates the rows, bytes and seconds of a run.',
    load: async () => (await import('./estimate.ts')).addEstimate,
  },
  status: {
    term: 'status [options]',
    about:
      'Shows which world, or which of its shards, is in a folder, how far it reaches and how large it is.',
    load: async () => (await import('./status.ts')).addStatus,
  },
  scenario: {
    term: 'scenario',
    about: 'Scenarios: lists, describes, writes, validates them, and checks what they promise.',
    load: async () => (await import('./scenario.ts')).addScenario,
  },
  schema: {
    term: 'schema [options] [names...]',
    about:
      'Describes tables and events for databases, warehouses and programs, and compares two versions.',
    load: async () => (await import('./schema.ts')).addSchema,
  },
  master: {
    term: 'master [options]',
    about: 'Writes the dimension tables of a world; sim run can continue from there.',
    load: async () => (await import('./master.ts')).addMaster,
  },
  merge: {
    term: 'merge [options]',
    about: 'Checks that all shards of a world are present, and merges them into one world.',
    load: async () => (await import('./merge.ts')).addMerge,
  },
  clear: {
    term: 'clear [options]',
    about:
      'Removes a world or one shard of it, only files that this program created. Asks for confirmation.',
    load: async () => (await import('./clear.ts')).addClear,
  },
  hub: {
    term: 'hub [options]',
    about: 'Serves Event Hubs clients on this machine: for development and tests, not Azure.',
    load: async () => (await import('./hub.ts')).addHub,
    isWorldless: true,
  },
  tail: {
    term: 'tail [options]',
    about: 'Prints the envelopes that arrive at an event hub, one JSON object per line.',
    load: async () => (await import('./tail.ts')).addTail,
    isWorldless: true,
  },
  'check-connection': {
    term: 'check-connection [options]',
    about: 'Shows where the credentials of the stream come from, and whether they are complete.',
    load: async () => (await import('./check-connection.ts')).addCheckConnection,
    isWorldless: true,
  },
  dlq: {
    term: 'dlq',
    about: 'Dead letters: events that a stream could not deliver.',
    load: async () => (await import('./dlq.ts')).addDlq,
  },
  serve: {
    term: 'serve [options] [dir]',
    about: 'Serves the web page and the API: run, watch and disrupt a world.',
    load: async () => (await import('./serve.ts')).addServe,
  },
  mcp: {
    term: 'mcp [options]',
    about: 'Serves assistants by the Model Context Protocol: generate, query and verify worlds.',
    load: async () => (await import('./mcp.ts')).addMcp,
  },
  disrupt: {
    term: 'disrupt',
    about: 'Starts disruptions in a world now, also while it is streamed.',
    load: async () => (await import('./disrupt.ts')).addDisrupt,
  },
  completion: {
    term: 'completion <shell>',
    about: 'Prints a script that completes command lines of sim, for bash, zsh or fish.',
    load: async () => {
      const { addCompletion } = await import('./completion.ts');
      return (root, context) => addCompletion(root, context, () => everyCommand(root, context));
    },
  },
};

/** Returns the program with every command as it is, under the same flags. */
async function everyCommand(root: Command, context: Context): Promise<Command> {
  const whole = new Command(root.name());
  for (const option of root.options) whole.addOption(option);
  for (const { about, load } of Object.values(COMMANDS)) {
    (await load())(whole, context);
    whole.commands[whole.commands.length - 1].description(about);
  }
  return whole;
}

/** Adds all commands: the one that is named as it is, the others for the help and for names that are near. */
export async function addCommands(
  root: Command,
  context: Context,
  named: string | undefined,
): Promise<void> {
  const terms = new Map<Command, string>();
  for (const [name, { term, about, load, isWorldless }] of Object.entries(COMMANDS)) {
    if (name === named) (await load())(root, context);
    else root.addCommand(new Command(name));
    const command = root.commands[root.commands.length - 1].description(about);
    if (name === named && !isWorldless) withExtension(command);
    terms.set(command, term);
  }
  const usual = new Help();
  root.configureHelp({
    subcommandTerm: (command) => terms.get(command) ?? usual.subcommandTerm(command),
  });
}
