/** Says why a connection to an event hub failed, and how to correct it. */
import { InputError, OutputError } from '../../domain/errors.ts';
import { redact, redactError } from '../../domain/secret.ts';
import { type Connection, connectionName } from './connection.ts';
import { lastError } from './sdk-failure.ts';

/** Returns an InputError if a setting is wrong, an OutputError if the service or the network fails. */
export function connectionFault(error: unknown, connection: Connection): Error {
  if (error instanceof InputError || error instanceof OutputError) return error;
  const { code, message } = lastError(error);
  const name = connectionName(connection);
  const reason = redact(message).split('\n')[0] || 'the connection was lost';
  const options = { cause: redactError(error) };
  const { origin } = connection;
  if (code === 'MessagingEntityNotFoundError') {
    return new InputError(
      `Cannot find ${name}: ${reason} Check EntityPath or stream.hub (${origin}).`,
      options,
    );
  }
  if (isRefusal(code, message)) {
    const advice =
      connection.by === 'identity'
        ? 'give this identity the role "Azure Event Hubs Data Sender"'
        : 'check that the key is current and has the Send right';
    return new InputError(
      `Cannot send to ${name}: access was refused (${reason}); ${advice} (${origin})`,
      options,
    );
  }
  if (isUnknownHost(error)) {
    return new InputError(
      `Cannot reach ${name}: the host name is unknown (${reason}); check Endpoint (${origin})`,
      options,
    );
  }
  return new OutputError(
    `Cannot reach ${name}: ${reason}; check that the service is running and that no firewall blocks port ` +
      `${portOf(connection)} (${origin})`,
    options,
  );
}

function isRefusal(code: string | undefined, message: string): boolean {
  return (
    code === 'UnauthorizedError' ||
    /unauthori[sz]ed|InvalidSignature|status-code: 40[13]|\b40103\b|CredentialUnavailable/i.test(
      message,
    )
  );
}

function isUnknownHost(error: unknown): boolean {
  // EAI_AGAIN means that no DNS server answered: it may succeed later.
  return /ENOTFOUND/.test(lastError(error).message);
}

function portOf(connection: Connection): string {
  if (connection.by === 'identity') return '5671';
  const { host, service } = connection.parsed;
  return /:(\d+)$/.exec(host)?.[1] ?? (service === 'emulator' ? '5672' : '5671');
}
