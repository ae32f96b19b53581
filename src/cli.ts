/** The `sim` command. */
import { main } from './cli/main.ts';
import { processTerminal } from './cli/terminal.ts';

/** A process with nothing left to do has ended by then. */
const LEAVE_MS = 1_000;

process.exitCode = await main(process.argv.slice(2), processTerminal());
setTimeout(leave, LEAVE_MS).unref();

/** The SDK keeps timers for minutes after a peer fell silent; nothing needs to wait for them. */
function leave(): void {
  if (process.stdout.writableLength === 0) process.exit();
  else setTimeout(leave, LEAVE_MS).unref();
}
