/**
 * `--extension`: modules that add facts, columns, effects and actors to worlds. They are loaded before the command line
 * is parsed, because other flags may name their tables, event types and effects.
 */
import type { Command } from 'commander';
import { InputError } from '../domain/errors.ts';

const FLAG = '--extension';

/** Adds the flag to a command, or to each of its subcommands. */
export function withExtension(command: Command): void {
  for (const subcommand of command.commands) withExtension(subcommand);
  if (command.commands.length > 0) return;
  command.option(
    `${FLAG} <file>`,
    'module of an extension of the world; may be repeated',
    (file: string, files: readonly string[] = []) => [...files, file],
  );
}

/** Loads the extensions that a command line names. @throws InputError */
export async function loadExtensions(argv: readonly string[]): Promise<void> {
  const files = extensionFiles(argv);
  if (files.length === 0) return;
  const { registerExtension } = await import('../extension/load.ts');
  for (const file of files) await registerExtension(file);
}

function extensionFiles(argv: readonly string[]): string[] {
  return argv.flatMap((word, at) => {
    if (word.startsWith(`${FLAG}=`)) return word.slice(FLAG.length + 1);
    if (word !== FLAG) return [];
    const file = argv[at + 1];
    if (file === undefined || file.startsWith('--')) {
      throw new InputError(`${FLAG} needs a value: expected the file of an extension`);
    }
    return file;
  });
}
