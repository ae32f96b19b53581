/** `sim mcp`: serves assistants over stdin and stdout by the Model Context Protocol. */
import type { Command } from 'commander';
import { loadPart } from '../domain/optional-part.ts';
import { mcpServer } from '../mcp/server.ts';
import { Worlds } from '../mcp/worlds.ts';
import type { Context } from './context.ts';

export function addMcp(root: Command, { terminal }: Context): void {
  root
    .command('mcp')
    .option('--worlds <dir>', 'folder whose folders are worlds; new ones are made there', 'worlds')
    .addHelpText(
      'after',
      `
An assistant starts it and talks to it over stdin and stdout. It can list, describe, estimate, generate, query and verify
worlds in one folder, and nothing outside it; before it writes, it asks to be confirmed. Example of a client's settings:

  { "mcpServers": { "retail": { "command": "sim", "args": ["mcp", "--worlds", "/path/to/worlds"] } } }`,
    )
    .action(async ({ worlds }: { worlds: string }) => {
      const { StdioServerTransport } = await loadPart(
        '@modelcontextprotocol/server',
        'to serve assistants',
        () => import('@modelcontextprotocol/server/stdio'),
      );
      const server = await mcpServer(new Worlds(worlds), root.version() ?? '');
      const over = new Promise<void>((resolve) => {
        server.server.onclose = resolve;
        process.stdin.once('end', resolve);
      });
      await server.connect(new StdioServerTransport());
      terminal.say(`Serving worlds in "${worlds}" to an assistant, until its input ends.\n`);
      await over;
      await server.close();
    });
}
