/** What PostgreSQL, or the way there, says of a fault, and how to mend it. */
import { InputError, OutputError, reasonOf } from '../domain/errors.ts';

/** Codes of the system, and of PostgreSQL (appendix A of its manual). */
const FAULTS: Readonly<Record<string, readonly [what: string, mend: string]>> = {
  ECONNREFUSED: [
    'no server answers there',
    'Start it, or name another one with --url or PGHOST and PGPORT.',
  ],
  ENOENT: [
    'there is no socket of a server',
    'Start it, or name another one with --url or PGHOST and PGPORT.',
  ],
  ENOTFOUND: ['there is no such host', 'Correct --url or PGHOST.'],
  EAI_AGAIN: [
    'the name of the host cannot be resolved now',
    'Correct --url or PGHOST, or try again.',
  ],
  ETIMEDOUT: ['it does not answer', 'Check host, port and firewall.'],
  '28P01': ['the password is wrong', 'Set the right one in PGPASSWORD or ~/.pgpass.'],
  '28000': [
    'it does not let this user in',
    'Name another user (--url or PGUSER), or allow this one in pg_hba.conf.',
  ],
  '3D000': [
    'there is no such database',
    'Create it (createdb), or name another one with --url or PGDATABASE.',
  ],
  '42501': ['the user has no right to do that', 'Grant it, or name another user.'],
  '53100': ['its disk is full', 'Free some space there.'],
  '53300': ['it has too many connections', 'Try again later.'],
  '57P01': ['it was shut down', 'Start it.'],
  '57P03': ['it is starting or stopping', 'Try again in a moment.'],
};

const AGAIN = 'Run again afterwards: what is there is not written twice.';

/** What the client says by itself, without a code. */
const SAID: readonly (readonly [pattern: RegExp, what: string, mend: string])[] = [
  [
    /password must be a string|no password/i,
    'it asks for a password',
    'Set it in PGPASSWORD or ~/.pgpass.',
  ],
  [/timeout expired/i, 'it does not answer', 'Check host, port and firewall.'],
  [/connection terminated|not queryable/i, 'the connection was lost', 'Look after the server.'],
];

/** Returns an OutputError that names the server; an error that is told already, or none of a server, unchanged. */
export function postgresFault(name: string, error: unknown): unknown {
  if (error instanceof InputError || error instanceof OutputError) return error;
  const given = firstOf(error);
  const {
    code = '',
    table,
    constraint,
  } = given as {
    readonly code?: string;
    readonly table?: string;
    readonly constraint?: string;
  };
  const reason = reasonOf(given);
  const fault = (sentence: string) => new OutputError(sentence, { cause: error });
  if (code.startsWith('23')) {
    const place = [table, constraint].filter((part) => part !== undefined).join(', ');
    return fault(
      `Cannot load the rows into ${name}: ${reason} (${place}). Somebody has changed the tables; export to another schema.`,
    );
  }
  const said = SAID.find(([pattern]) => pattern.test(reason));
  if (said !== undefined) return fault(`Cannot use ${name}: ${said[1]}. ${said[2]} ${AGAIN}`);
  if (code === '') return error;
  const [what, mend] = FAULTS[code] ?? [reason, 'Mend that.'];
  return fault(`Cannot use ${name}: ${what} (${code}). ${mend} ${AGAIN}`);
}

/** A host with several addresses fails once for each. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}
