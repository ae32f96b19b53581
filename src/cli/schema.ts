/** `sim schema`: the contracts of tables and events in the format of a reader, and what changed between two versions. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { changesBetween, readContracts } from '../contracts/compare.ts';
import { type Contract, contracts } from '../contracts/contract.ts';
import { contractsJson } from '../contracts/contracts-json.ts';
import {
  CONTRACT_FORMAT_NAMES,
  CONTRACT_FORMATS,
  type ContractFormat,
  type ContractFormatName,
} from '../contracts/formats.ts';
import { InputError, nearest } from '../domain/errors.ts';
import { WORLD_VERSION } from '../store/manifest.ts';
import { worldPaths } from '../store/paths.ts';
import type { Context } from './context.ts';
import { offering } from './offered-words.ts';

export function addSchema(root: Command, { terminal, exit }: Context): void {
  const schema = root
    .command('schema')
    .addArgument(
      offering(new Argument('[names...]', 'tables and types of events (all)'), () =>
        contracts().map(({ name }) => name),
      ),
    )
    .addOption(
      new Option('--format <format>', 'form of the description')
        .choices(CONTRACT_FORMAT_NAMES)
        .default('markdown'),
    )
    .addHelpText('after', HELP)
    .action((names: string[], { format }: { format: ContractFormatName }) => {
      const form: ContractFormat = CONTRACT_FORMATS[format];
      terminal.out(form.text(chosen(names, form), WORLD_VERSION));
    });
  schema
    .command('diff')
    .description(
      'Shows what changed between two versions; exit code 1 if readers of the first cannot read the second.',
    )
    .argument(
      '<file>',
      'folder of a world, or a file: its schema.json, or what --format json prints',
    )
    .argument('[later-file]', 'the same of the other version (what this version writes)')
    .option('--json', 'as one JSON object on stdout')
    .action((before: string, after: string | undefined, { json }: { json?: true }) => {
      const changes = changesBetween(tablesIn(before), tablesIn(after));
      const fits = changes.every((change) => change.fits);
      terminal.out(json ? `${JSON.stringify({ fits, changes })}\n` : changesText(changes));
      if (!fits) exit(1);
    });
}

const HELP = `
Formats:
${Object.entries<ContractFormat>(CONTRACT_FORMATS)
  .map(([name, { about }]) => `  ${name.padEnd(14)}${about}`)
  .join('\n')}
Formats of databases describe tables; name an event to have a table for it. Everything is made of the catalogue of this
version (world version ${WORLD_VERSION}).

Examples:
  sim schema receipts
  sim schema receipt_created --format json-schema
  sim schema --format sql-postgres > tables.sql
  sim schema --format kql > retail.kql
  sim schema diff data
  sim schema diff before.json after.json`;

/** Returns the contracts of the names, or all that a format describes. @throws InputError for an unknown name */
function chosen(names: readonly string[], { kinds }: ContractFormat): readonly Contract[] {
  const all = contracts();
  if (names.length === 0) return all.filter(({ kind }) => kinds?.includes(kind) ?? true);
  return names.map((name) => {
    const contract = all.find((each) => each.name === name);
    if (contract !== undefined) return contract;
    const meant = nearest(
      name,
      all.map((each) => each.name),
    );
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    throw new InputError(
      `There is no table and no type of event "${name}".${hint} ` +
        'docs/data-dictionary.md and docs/events.md list them.',
    );
  });
}

function tablesIn(place: string | undefined): ReturnType<typeof readContracts> {
  if (place === undefined) {
    return readContracts(contractsJson(contracts(), WORLD_VERSION), 'this version');
  }
  const file = isFolder(place) ? path.join(worldPaths(place).schema, 'schema.json') : place;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `Cannot read "${file}": ${(error as Error).message}. Expected the folder of a world, or a schema.json.`,
    );
  }
  return readContracts(text, file);
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function changesText(changes: ReturnType<typeof changesBetween>): string {
  if (changes.length === 0) return 'No change.\n';
  return changes
    .map(({ where, what, fits }) => `${fits ? 'fits  ' : 'breaks'}  ${where}: ${what}\n`)
    .join('');
}
