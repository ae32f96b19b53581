/**
 * A socket by which other containers of a machine can ask whether the holder of a lock lives.
 *
 * A container that was killed and started again has its temporary folder still, but new process numbers, often
 * the same ones. The kernel keeps a socket open for as long as its process lives and refuses every connection
 * to it from then on. So an answer is certain either way; where there is no such socket (another machine,
 * another temporary folder), only the heartbeat tells.
 */
import { lstatSync, rmSync } from 'node:fs';
import { type Server, connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const open = new Map<string, Server>();

/**
 * Listens for a lock that this process is about to take. Before its token is in the lock file: whoever reads
 * it there may ask at once.
 */
export function openSocket(token: string): void {
  const file = socketFile(token);
  if (process.platform !== 'linux' || file === undefined) return;
  try {
    const server = createServer((connection) => connection.destroy());
    // Without a socket the heartbeat alone tells.
    server.on('error', () => {});
    server.listen(file);
    server.unref();
    open.set(token, server);
    // Where it does not listen at once, it could be asked too early.
    if (!server.listening) removeSocket(token);
  } catch {
    // The same.
  }
}

/** Ends what `openSocket` began, or removes what a dead process left of it. */
export function removeSocket(token: string): void {
  open.get(token)?.close();
  open.delete(token);
  const file = socketFile(token);
  if (file === undefined) return;
  try {
    rmSync(file, { force: true });
  } catch {
    // Another user's, who may remove it.
  }
}

/** Whether the holder of a lock lives, if its socket is here; undefined if that can't be told. */
export async function answers(token: string): Promise<boolean | undefined> {
  const file = socketFile(token);
  // A connection to another kind of file is refused as well.
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

/** Undefined for what is no token of ours. */
function socketFile(token: string): string | undefined {
  if (!/^[0-9a-f]{16}$/.test(token)) return undefined;
  return path.join(os.tmpdir(), `sim-lock-${token}.sock`);
}
