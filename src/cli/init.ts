/** `sim init`: writes a config, a scenario and a .gitignore to begin a project of one's own with. */
import { lstatSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { InputError, OutputError, reasonOf } from '../domain/errors.ts';
import { makeFolder } from '../domain/make-folder.ts';
import { shellWord } from '../domain/shell-word.ts';
import type { Context } from './context.ts';
import { CONFIG_FILE, initFiles, SCENARIO_FILE, WORLD_FOLDER } from './init-files.ts';
import { launcher, worldArguments } from './suggest.ts';

export function addInit(root: Command, context: Context): void {
  root
    .command('init')
    .argument('[dir]', 'folder to write to; this one if absent')
    .addHelpText(
      'after',
      `
Writes ${Object.keys(initFiles()).join(', ')}, and says what to run
next. If one of these files is there already, nothing is written.

Examples:
  sim init shop          into the folder shop, which may be a new one
  sim init               into this folder`,
    )
    .action((dir: string = '.') => init(dir, context));
}

function init(dir: string, { terminal }: Context): void {
  if (dir === '') throw new InputError('The folder to write to is empty: expected its name');
  const files = initFiles();
  writeNewFiles(dir, files);
  terminal.say(`Wrote ${Object.keys(files).join(', ')} to "${path.resolve(dir)}".\n`);
  terminal.say(nextSteps(dir));
}

/** Writes all of them or none. @throws InputError naming those that are there already */
function writeNewFiles(dir: string, files: Readonly<Record<string, string>>): void {
  if (entryAt(dir)?.isFile()) {
    throw new InputError(`Cannot write to "${dir}": it is a file, expected a folder or a new name`);
  }
  const taken = Object.keys(files).filter((name) => entryAt(path.join(dir, name)) !== undefined);
  if (taken.length > 0) {
    throw new InputError(
      `Cannot write to "${dir}": ${taken.join(', ')} ${taken.length === 1 ? 'is' : 'are'} there already. ` +
        'Nothing was written. Name another folder, or move them away.',
    );
  }
  const written: string[] = [];
  try {
    // The topmost folder that did not exist before.
    const made = makeFolder(dir);
    if (made !== undefined) written.push(made);
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(dir, name);
      writeFileSync(file, text, { flag: 'wx' });
      written.push(file);
    }
  } catch (error) {
    for (const file of written.reverse()) rmSync(file, { recursive: true, force: true });
    throw new OutputError(
      `Cannot write to "${dir}": ${reasonOf(error)}. Nothing was written. Allow this user to write there, or ` +
        'name another folder.',
      { cause: error },
    );
  }
}

/** What lies there, also a link that leads nowhere; undefined if nothing does, or if it can't be looked at. */
function entryAt(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function nextSteps(dir: string): string {
  const sim = launcher();
  const out = path.join(dir, WORLD_FOLDER);
  const world = worldArguments({
    out,
    config: path.join(dir, CONFIG_FILE),
    scenario: [path.join(dir, SCENARIO_FILE)],
  });
  return `
What next:
  ${sim} run --mode history${world} --days 7
  ${sim} verify ${shellWord(out)}
  ${sim} serve ${shellWord(out)}
`;
}
