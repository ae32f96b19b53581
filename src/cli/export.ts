/** `sim export`: takes a world elsewhere, as files of another format or into a database. */
import { type Command, Option } from 'commander';
import { InputError } from '../domain/errors.ts';
import { formatCount, formatDuration } from '../domain/format.ts';
import { EXPORT_KIND_NAMES, EXPORT_KINDS, type ExportKindName } from '../export/kinds.ts';
import { openExportedWorld } from '../export/world.ts';
import { settleWorld } from '../library/settled.ts';
import { StatusLine } from '../run/status-line.ts';
import type { WorldFlags } from './arguments.ts';
import type { Context } from './context.ts';
import { noting } from './noting.ts';
import { pathsOf, readConfig } from './settings.ts';
import { messagesOf } from './terminal.ts';

interface ExportFlags extends WorldFlags {
  readonly to: ExportKindName;
  readonly output?: string;
  readonly url?: string;
  readonly schema?: string;
  readonly create?: true;
  readonly json?: true;
}

export function addExport(root: Command, context: Context): void {
  root
    .command('export')
    .argument('[dir]', "folder of the world; the config's paths or data/ if absent")
    .addOption(
      new Option('--to <kind>', 'what to make of it')
        .choices(EXPORT_KIND_NAMES)
        .makeOptionMandatory(),
    )
    .option('--output <file>', 'file of the database, or folder of the files')
    .option(
      '--url <address>',
      'server: postgres://user@host:5432/database; by default from PGHOST, PGPORT, PGUSER, PGDATABASE',
    )
    .option('--schema <text>', 'schema of the tables in PostgreSQL; public by default')
    .option('--create', 'create the schema, its tables and keys in PostgreSQL')
    .option('--config <file>', 'config.json whose paths to use')
    .option('--json', 'the result as JSON on stdout')
    .addHelpText('after', HELP)
    .action((dir: string | undefined, flags: ExportFlags) => exportWorld(dir, flags, context));
}

const HELP = `
Kinds:
${Object.entries(EXPORT_KINDS)
  .map(([name, { about }]) => `  ${name.padEnd(10)}${about}`)
  .join('\n')}
Rows, filled fields and sums are compared afterwards. An export that was ended goes on where it was, and one of a world
that has grown adds the new rows alone. A password comes from PGPASSWORD or ~/.pgpass.

Examples:
  sim export w --to parquet --output p
  sim export w --to duckdb --output w.duckdb
  sim export w --to postgres --url postgres://me@localhost/retail --schema retail --create`;

async function exportWorld(
  dir: string | undefined,
  flags: ExportFlags,
  { terminal }: Context,
): Promise<void> {
  const kind = EXPORT_KINDS[flags.to];
  const place = placeOf(flags);
  const paths = pathsOf({ ...flags, out: dir }, readConfig(flags));
  const startedMs = terminal.nowMs();
  await settleWorld(paths, noting(terminal).onNote);
  const line = new StatusLine(messagesOf(terminal));
  try {
    const run = await kind.load();
    const result = await run(() => openExportedWorld(paths), {
      place,
      ...(flags.schema !== undefined && { schema: flags.schema }),
      ...(flags.create !== undefined && { creates: flags.create }),
      onProgress: ({ done, total, step }) =>
        line.show(() => `Exported ${done}/${total} tables: ${step}`),
    });
    line.clear();
    const counts = Object.values(result.rows);
    const rows = counts.reduce((sum, count) => sum + count, 0);
    if (flags.json) {
      const { newRows } = result;
      terminal.out(`${JSON.stringify({ newRows, rows: result.rows, compared: true })}\n`);
      return;
    }
    const seconds = (terminal.nowMs() - startedMs) / 1000;
    terminal.say(
      `Exported ${formatCount(result.newRows)} new rows to ${result.place} in ${formatDuration(seconds)}. ` +
        `Compared: rows, filled fields and sums of ${counts.length} tables with ${formatCount(rows)} rows are those of the world.\n`,
    );
  } finally {
    line.clear();
  }
}

/** The flags that a kind takes, and no others. */
function placeOf({ to, output, url, schema, create }: ExportFlags): string {
  const { place } = EXPORT_KINDS[to];
  if (place === 'server') {
    if (output === undefined) return url ?? '';
    throw new InputError(`--output is not for --to ${to}: name the server with --url or PGHOST`);
  }
  const other = [
    ['--url', url],
    ['--schema', schema],
    ['--create', create],
  ].find(([, value]) => value !== undefined);
  if (other !== undefined) throw new InputError(`${other[0]} is for --to postgres alone`);
  if (output === undefined) {
    throw new InputError(`Name the ${place} of --to ${to} with --output`);
  }
  return output;
}
