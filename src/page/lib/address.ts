/** Where the server is: a proxy may show it below a path of its own. */

/** The scripts of the page lie one folder below what the server shows as its root. */
const ROOT = new URL('..', import.meta.url);

/** The address of something on the server, given as the server names it: `/api/live`. */
export function addressOf(path: string): string {
  return ROOT.protocol.startsWith('http') ? new URL(`.${path}`, ROOT).href : path;
}
