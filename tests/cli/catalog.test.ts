/** The list of commands, which the help shows without loading one of them. */
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addCommands, COMMANDS } from '../../src/cli/commands.ts';
import type { Context } from '../../src/cli/context.ts';
import { fakeTerminal } from './fake-terminal.ts';

const context: Context = {
  terminal: fakeTerminal(),
  makeWorld: () => Promise.reject(new Error('no command runs here')),
  exit: () => {},
};

it.each(Object.keys(COMMANDS))('%s is listed as it describes itself', async (name) => {
  const { term, load } = COMMANDS[name];
  const root = new Command('sim');
  (await load())(root, context);
  expect(root.commands.map((command) => command.name())).toEqual([name]);
  expect(root.createHelp().subcommandTerm(root.commands[0])).toBe(term);
  expect(root.commands[0].description()).toBe('');
});

it('the help names all commands, and only the requested one is loaded', async () => {
  const root = new Command('sim');
  await addCommands(root, context, 'verify');
  const help = root.helpInformation();
  for (const { term } of Object.values(COMMANDS)) expect(help).toContain(`  ${term} `);
  expect(help).toContain('help [command]');
  const able = root.commands.filter((command) => command.options.length > 0);
  expect(able.map((command) => command.name())).toEqual(['verify']);
  expect(able[0].description()).toBe(COMMANDS.verify.about);
});
