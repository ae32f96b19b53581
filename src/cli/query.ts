/** `sim query`: answers a question in SQL about the files of a world. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { InputError, reasonOf } from '../domain/errors.ts';
import { formatCount } from '../domain/format.ts';
import { settleWorld } from '../library/settled.ts';
import { NAMED_VIEWS } from '../query/named-views.ts';
import { FILE_FORMATS, type FileFormat, WorldQuery } from '../query/world-query.ts';
import { readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import { lengthOfTime, type WorldFlags, wholeNumber, withOut } from './arguments.ts';
import type { Context } from './context.ts';
import { noting } from './noting.ts';
import { ANSWER_FORMATS, type AnswerFormat, answerText } from './query-text.ts';
import { pathsOf, readConfig } from './settings.ts';

interface QueryFlags extends WorldFlags {
  readonly file?: string;
  readonly format: AnswerFormat;
  readonly output?: string;
  readonly limit: number;
  /** ms */
  readonly timeout: number;
}

const LIMIT = 1000;
const TIMEOUT_MS = 60_000;

export function addQuery(root: Command, context: Context): void {
  withOut(root.command('query'))
    .argument('[sql]', 'one query; without it, what there is to ask about')
    .option('--config <file>', 'config.json whose paths to use')
    .option('--file <file>', 'file with the query')
    .addOption(
      new Option('--format <format>', 'form of the answer on stdout')
        .choices(ANSWER_FORMATS)
        .default('table'),
    )
    .option('--output <file>', 'write the whole answer to a .csv, .json, .ndjson or .parquet file')
    .option('--limit <n>', 'the most rows on stdout', wholeNumber('--limit', 1), LIMIT)
    .option(
      '--timeout <time>',
      'stop after this time, such as 30s or 10m',
      lengthOfTime('--timeout'),
      TIMEOUT_MS,
    )
    .addHelpText('after', HELP)
    .action((sql: string | undefined, flags: QueryFlags) => query(sql, flags, context));
}

const HELP = `
DuckDB answers; only reading is possible, and nothing but the world can be read. Every table of docs/data-dictionary.md
is there by its name, closing tables as closing_<name>, and besides:
${Object.entries(NAMED_VIEWS)
  .map(([name, { about }]) => `  ${name.padEnd(10)}${about}`)
  .join('\n')}

Examples:
  sim query "SELECT Department, sum(ExtPrice) AS revenue FROM sales GROUP BY ALL ORDER BY 2 DESC" --out w
  sim query "DESCRIBE sales" --out w
  sim query --file question.sql --out w --format csv
  sim query "FROM receipts" --out w --output receipts.parquet`;

async function query(
  given: string | undefined,
  flags: QueryFlags,
  { terminal }: Context,
): Promise<void> {
  const { output, limit, timeout: timeoutMs, format } = flags;
  const fileFormat = output === undefined ? undefined : formatOf(output);
  const sql = sqlOf(given, flags.file);
  const paths = pathsOf(flags, readConfig(flags));
  await settleWorld(paths, noting(terminal).onNote);
  requireHistory(paths);
  const world = await WorldQuery.open(paths, output === undefined ? {} : { output });
  try {
    if (sql === undefined) {
      terminal.out(`${world.views.join('\n')}\n`);
    } else if (output !== undefined && fileFormat !== undefined) {
      const rows = await world.write(sql, output, fileFormat, timeoutMs);
      terminal.say(`Wrote ${formatCount(rows)} rows to "${output}".\n`);
    } else {
      const answer = await world.answer(sql, { limit, timeoutMs });
      terminal.out(answerText(answer, format));
      if (answer.isCut) {
        terminal.say(
          `note: these are the first ${formatCount(limit)} rows; --limit shows more, --output writes all.\n`,
        );
      }
    }
  } finally {
    world.close();
  }
}

function sqlOf(given: string | undefined, file: string | undefined): string | undefined {
  if (file === undefined) return given;
  if (given !== undefined) throw new InputError('Give the query, or --file with it, not both');
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`Cannot read the query in "${file}": ${reasonOf(error)}`);
  }
}

function formatOf(output: string): FileFormat {
  const ending = path.extname(output).slice(1).toLowerCase();
  if (ending in FILE_FORMATS) return ending as FileFormat;
  const endings = Object.keys(FILE_FORMATS).map((name) => `.${name}`);
  throw new InputError(
    `--output is "${output}": expected a name that ends in ${endings.join(', ')}`,
  );
}

function requireHistory(paths: WorldPaths): void {
  if (existsSync(paths.manifest) && readManifest(paths.manifest) !== undefined) return;
  throw new InputError(
    `There is no world in "${paths.root}". Name the folder of one with --out, or generate one with sim run.`,
  );
}
