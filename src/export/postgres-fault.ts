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

/** Returns an OutputError that names the server; an error that is told already unchanged. */
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
  if (/password must be a string|no password/i.test(reason)) {
    return new OutputError(
      `Cannot use ${name}: it asks for a password. Set it in PGPASSWORD or ~/.pgpass.`,
      { cause: error },
    );
  }
  if (code.startsWith('23')) {
    const place = [table, constraint].filter((part) => part !== undefined).join(', ');
    return new OutputError(
      `Cannot load the rows into ${name}: ${reason} (${place}). Somebody has changed the tables; export to another schema.`,
      { cause: error },
    );
  }
  const [what, mend] = FAULTS[code] ?? [reason, 'Mend that.'];
  return new OutputError(`Cannot use ${name}: ${what}${code && ` (${code})`}. ${mend} ${AGAIN}`, {
    cause: error,
  });
}

/** A host with several addresses fails once for each. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}
