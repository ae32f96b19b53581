/** A Model Context Protocol server: what assistants can do with worlds. */
import type { McpServer } from '@modelcontextprotocol/server';
import { InputError, OutputError } from '../domain/errors.ts';
import { loadPart } from '../domain/optional-part.ts';
import { TOOLS, type Tool } from './tools.ts';
import type { Worlds } from './worlds.ts';

const INSTRUCTIONS =
  'Simulated retail worlds: stores, distribution centers, trucks, shoppers, online orders, ads. Generate one, query it with SQL, ' +
  'and verify it. Everything is synthetic and reproducible from seed, preset and scenarios.';

/** Returns a server that is not connected yet. @param version of this program @throws InputError without the SDK */
export async function mcpServer(worlds: Worlds, version: string): Promise<McpServer> {
  const { McpServer: Server } = await loadPart(
    '@modelcontextprotocol/server',
    'to serve assistants',
    () => import('@modelcontextprotocol/server'),
  );
  const server = new Server(
    { name: 'synthetic-retail', version },
    { instructions: INSTRUCTIONS, capabilities: { tools: {} } },
  );
  for (const tool of TOOLS) register(server, tool, worlds);
  return server;
}

function register(server: McpServer, tool: Tool, worlds: Worlds): void {
  const { name, description, input, isReading, run } = tool;
  server.registerTool(
    name,
    {
      description,
      inputSchema: input,
      annotations: { readOnlyHint: isReading, destructiveHint: false, openWorldHint: false },
    },
    async (given) => {
      try {
        return { content: [{ type: 'text', text: await run(given, worlds) }] };
      } catch (error) {
        // Wrong input is for the assistant to mend; anything else is a fault of this program.
        if (!(error instanceof InputError || error instanceof OutputError)) throw error;
        return { isError: true, content: [{ type: 'text', text: error.message }] };
      }
    },
  );
}
