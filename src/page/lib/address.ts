/** The server's address: a proxy may serve it below a path of its own. */

/** The scripts of the page are one folder below the server's root. */
const ROOT = new URL('..', import.meta.url);

/** Returns the address of something on the server, given by its path there: `/api/live`. */
export function addressOf(path: string): string {
  return ROOT.protocol.startsWith('http') ? new URL(`.${path}`, ROOT).href : path;
}
