/** `sim serve`: the API and the web page. */
import type { Command } from 'commander';
import { InputError } from '../domain/errors.ts';
import { redact } from '../domain/secret.ts';
import { wholeNumber, type WorldFlags, withOut } from './arguments.ts';
import type { Context } from './context.ts';
import { untilInterrupt } from './interrupt.ts';

const PORT = 8000;

interface ServeFlags extends Pick<WorldFlags, 'config' | 'preset' | 'seed' | 'out'> {
  readonly port: number;
  readonly host?: string;
  readonly allowHost?: readonly string[];
  readonly basePath?: string;
  readonly trustProxy?: boolean;
  readonly json?: boolean;
}

export function addServe(root: Command, context: Context): void {
  withOut(root.command('serve'))
    .argument('[dir]', 'folder of the world, instead of --out')
    .option('--port <n>', 'port; 0 is a free one', wholeNumber('--port', 0), PORT)
    .option('--host <address>', 'address to listen on; 127.0.0.1 by default')
    .option('--allow-host <name...>', 'other names under which it is reached, behind a proxy')
    .option('--base-path <path>', 'path below which a proxy shows it, such as /retail')
    .option(
      '--trust-proxy',
      'believe X-Forwarded-Prefix and X-Forwarded-For of a proxy on another machine; of one on this machine they are believed anyway',
    )
    .option('--config <file>', "config.json to use and to change; the world folder's own otherwise")
    .option('--preset <name>', 'volumes of a new world, for what the config leaves open')
    .option('--seed <n>', "seed of a new world; the config's by default", wholeNumber('--seed', 0))
    .option('--json', 'where it listens, as one JSON object on stdout')
    .addHelpText(
      'after',
      `
Other machines reach it only with --host and a token in the environment variable SIM_API_TOKEN.
A world that lies in the folder goes on with its own preset, seed and scenarios; flags that say otherwise are refused.
Ctrl-C ends it; what runs comes to rest at a consistent instant first.

Examples:
  sim serve
  sim serve w
  sim serve w --preset small --port 8080`,
    )
    .action((dir: string | undefined, flags: ServeFlags) => serve(folderOf(dir, flags), context));
}

/** @throws InputError if two folders are named */
function folderOf(dir: string | undefined, flags: ServeFlags): ServeFlags {
  if (dir === undefined) return flags;
  if (flags.out === undefined || flags.out === dir) return { ...flags, out: dir };
  throw new InputError(
    `The folder of the world is named twice: "${dir}", and --out "${flags.out}"; leave one out.`,
  );
}

async function serve(flags: ServeFlags, { terminal }: Context): Promise<void> {
  // Not before it is needed: no other command pays for loading it.
  const { startServer } = await import('../api/control.ts');
  const { pageAssets } = await import('../api/page-assets.ts');
  const server = await startServer(
    {
      host: flags.host,
      hostNames: flags.allowHost,
      basePath: flags.basePath,
      trustProxy: flags.trustProxy,
      config: flags.config,
      preset: flags.preset,
      seed: flags.seed,
      out: flags.out,
      page: pageAssets,
      token: process.env.SIM_API_TOKEN,
      nowMs: () => terminal.nowMs(),
      onNote: (text) => terminal.say(`note: ${redact(text)}\n`),
      onFault: (error) => terminal.say(`fault: ${redact(error.stack ?? error.message)}\n`),
    },
    flags.port,
  );
  const { url, port, control } = server;
  if (flags.json) terminal.out(`${JSON.stringify({ url, port })}\n`);
  else {
    const { root } = control.services.settings.paths;
    terminal.say(
      `The world in "${root}" is at ${url}; the API is described at ${url}/docs. Ctrl-C ends it.\n`,
    );
  }
  try {
    await untilInterrupt();
  } finally {
    await server.close();
  }
}
