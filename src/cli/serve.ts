/** `sim serve`: the API and the web page. */
import type { Command } from 'commander';
import { InputError } from '../domain/errors.ts';
import { redact } from '../domain/secret.ts';
import { presetFlag, wholeNumber, type WorldFlags, withOut } from './arguments.ts';
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
    .option('--allow-host <name...>', 'other host names that clients may use, behind a proxy')
    .option('--base-path <path>', 'path below which a proxy serves it, such as /retail')
    .option(
      '--trust-proxy',
      'trust X-Forwarded-Prefix and X-Forwarded-For from a proxy on another machine; a proxy on this machine is always trusted',
    )
    .option(
      '--config <file>',
      "config.json to use and to change; by default that of the world's folder",
    )
    .addOption(presetFlag('volumes of a new world, for settings missing in the config'))
    .option('--seed <n>', "seed of a new world; the config's by default", wholeNumber('--seed', 0))
    .option('--json', 'the address, as one JSON object on stdout')
    .addHelpText(
      'after',
      `
Other machines reach it only with --host and a token in the environment variable SIM_API_TOKEN.
An existing world continues with its own preset, seed and scenarios; contradicting flags are refused.
Ctrl-C ends it; running tasks first stop at a consistent instant.

Examples:
  sim serve
  sim serve w
  sim serve w --preset demo --port 8080`,
    )
    .action((dir: string | undefined, flags: ServeFlags) => serve(folderOf(dir, flags), context));
}

/** @throws InputError if two different folders are given */
function folderOf(dir: string | undefined, flags: ServeFlags): ServeFlags {
  if (dir === undefined) return flags;
  if (flags.out === undefined || flags.out === dir) return { ...flags, out: dir };
  throw new InputError(
    `The folder of the world is given twice: "${dir}", and --out "${flags.out}"; leave one out.`,
  );
}

async function serve(flags: ServeFlags, { terminal }: Context): Promise<void> {
  // Loaded only when needed, so that no other command pays for it.
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
