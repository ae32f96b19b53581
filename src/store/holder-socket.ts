/**
 * A socket with which other containers of a machine find out whether the owner of a lock is still running.
 *
 * A container that was killed and started again still has its temporary folder, but new process ids, often
 * the same numbers. The kernel keeps a socket open while its process is running and refuses every connection
 * to it afterwards, so both answers are certain. Without such a socket (on another machine, or with
 * another temporary folder), only the heartbeat shows it.
 */
import { lstatSync, rmSync } from 'node:fs';
import { type Server, connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const open = new Map<string, Server>();

/**
 * Opens the socket of a lock. Called before the lock's token is written to its file, because a process that reads
 * the token may connect at once.
 */
export function openSocket(token: string): void {
  const file = socketFile(token);
  if (process.platform !== 'linux' || file === undefined) return;
  try {
    const server = createServer((connection) => connection.destroy());
    // Without a socket only the heartbeat shows whether the process is running.
    server.on('error', () => {});
    server.listen(file);
    server.unref();
    open.set(token, server);
    // A socket that does not listen yet would refuse connections.
    if (!server.listening) removeSocket(token);
  } catch {
    // Without a socket, as above.
  }
}

/** Closes the socket of a lock, or removes the file that an ended process left. */
export function removeSocket(token: string): void {
  open.get(token)?.close();
  open.delete(token);
  const file = socketFile(token);
  if (file === undefined) return;
  try {
    rmSync(file, { force: true });
  } catch {
    // The file belongs to another user.
  }
}

/** Whether the owner of a lock is running; undefined if its socket is not on this machine. */
export async function answers(token: string): Promise<boolean | undefined> {
  const file = socketFile(token);
  // A connection to another kind of file is refused, too.
  if (file === undefined || !lstatSync(file, { throwIfNoEntry: false })?.isSocket())
    return undefined;
  return new Promise((resolve) => {
    const connection = connect(file);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code === 'ECONNREFUSED' ? false : undefined);
    });
  });
}

/** Returns the path of a lock's socket; undefined for a malformed token. */
function socketFile(token: string): string | undefined {
  if (!/^[0-9a-f]{16}$/.test(token)) return undefined;
  return path.join(os.tmpdir(), `sim-lock-${token}.sock`);
}
