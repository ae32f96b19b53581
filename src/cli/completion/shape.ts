/** What a shell completes: the commands as commander has them, with the words and paths that their values take. */
import type { Command, Option } from 'commander';
import { wordsOffered } from '../offered-words.ts';

/** What can stand where a value is expected. */
export interface Value {
  /** As the help calls it. */
  readonly name: string;
  readonly words: readonly string[];
  /** Whether it is words with commas between them. */
  readonly isList: boolean;
  readonly paths: 'files' | 'folders' | undefined;
}

export interface Flag {
  /** `--json`, or `-h` and `--help`. */
  readonly forms: readonly string[];
  readonly about: string;
  /** Undefined for a flag that is on or off. */
  readonly value: Value | undefined;
  /** Whether several values may follow it. */
  readonly isVariadic: boolean;
}

export interface CompletedCommand {
  /** Names from the first command on; empty for the program itself. */
  readonly path: readonly string[];
  readonly about: string;
  readonly flags: readonly Flag[];
  /** What stands without a flag; undefined for nothing. */
  readonly argument: Value | undefined;
  readonly commands: readonly CompletedCommand[];
}

/** Returns a command, all flags of it and all commands below it. */
export async function shapeOf(
  command: Command,
  path: readonly string[] = [],
): Promise<CompletedCommand> {
  const help = command.createHelp();
  const below = help.visibleCommands(command);
  const [argument] = command.registeredArguments;
  const flags: Flag[] = [];
  // With --help, which is not among the options of a command.
  for (const option of help.visibleOptions(command)) flags.push(await flagOf(option));
  const commands: CompletedCommand[] = [];
  for (const each of below) {
    const { argument: taken, ...shape } = await shapeOf(each, [...path, each.name()]);
    const names = below.filter((other) => other !== each).map((other) => other.name());
    // "help [command]", which commander adds.
    const isHelp = !command.commands.includes(each);
    commands.push({ ...shape, argument: isHelp ? valueNamed('command', names) : taken });
  }
  return {
    path,
    about: firstWords(command.description()),
    flags,
    argument:
      argument === undefined
        ? undefined
        : valueNamed(argument.name(), await wordsOffered(argument)),
    commands,
  };
}

/** Returns a command and all below it, those above first. */
export function allOf(command: CompletedCommand): CompletedCommand[] {
  return [command, ...command.commands.flatMap(allOf)];
}

async function flagOf(option: Option): Promise<Flag> {
  const { short, long, description, variadic } = option;
  const [, placeholder] = /[<[]([^>\]]+)[>\]]/.exec(option.flags) ?? [];
  return {
    forms: [short, long].filter((form) => form != null),
    about: firstWords(description),
    value:
      placeholder === undefined
        ? undefined
        : valueNamed(placeholder.replace(/\.{3}$/, ''), await wordsOffered(option)),
    isVariadic: variadic,
  };
}

/** The name tells whether it is a path, and whether it is a list. */
function valueNamed(name: string, words: readonly string[]): Value {
  const paths = /\bfile\b/.test(name) ? 'files' : /\bdir\b/.test(name) ? 'folders' : undefined;
  return { name, words, isList: name.includes(','), paths };
}

/** What a line of a shell's list has room for. */
function firstWords(text: string): string {
  return text.split(/[;:(.](?=\s|$)| \(/)[0].replaceAll(/\s+/g, ' ');
}
