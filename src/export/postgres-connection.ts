/** A connection to PostgreSQL: by a URL, or as psql makes one, by the environment and the password file. */
import type { Client } from 'pg';
import { InputError } from '../domain/errors.ts';
import { loadPart } from '../domain/optional-part.ts';
import { Secret } from '../domain/secret.ts';
import { postgresFault } from './postgres-fault.ts';

const PATIENCE_MS = 15_000;

/**
 * Connects to a server.
 * @param url `postgres://user@host:5432/database`; empty for PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE and ~/.pgpass
 * @returns the connection, and what messages call it: never with a password
 * @throws InputError for a URL of another form, OutputError for a server that does not let us in
 */
export async function connect(url: string): Promise<{ client: Client; name: string }> {
  if (url !== '') requireUrl(url);
  if (process.env.PGPASSWORD !== undefined) new Secret(process.env.PGPASSWORD);
  const { default: pg } = await loadPart(
    'pg',
    'to export a world to PostgreSQL',
    () => import('pg'),
  );
  const client = new pg.Client({
    ...(url !== '' && { connectionString: url }),
    application_name: 'sim export',
    connectionTimeoutMillis: PATIENCE_MS,
  });
  const name = `database "${client.database}" at ${placeOf(client)}`;
  // A connection that breaks between two queries is told by the next one.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => {});
    throw postgresFault(name, error);
  }
  return { client, name };
}

function placeOf({ host, port }: Client): string {
  // The folder of a socket.
  return host.startsWith('/') ? `${host} (port ${port})` : `${host}:${port}`;
}

function requireUrl(url: string): void {
  // Whatever it holds, it may hold a password.
  const secret = new Secret(url);
  let parsed: URL;
  try {
    parsed = new URL(secret.reveal());
  } catch {
    throw unusable();
  }
  if (parsed.protocol !== 'postgres:' && parsed.protocol !== 'postgresql:') throw unusable();
  if (parsed.password !== '') new Secret(decodeURIComponent(parsed.password));
}

function unusable(): InputError {
  return new InputError(
    '--url is no address of PostgreSQL: expected postgres://user@host:5432/database, with the password in PGPASSWORD or ~/.pgpass',
  );
}
