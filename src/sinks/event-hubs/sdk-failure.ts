/** What an error of the Event Hubs SDK means for the batch that met it. */
import { redact, redactError } from '../../domain/secret.ts';
import { DeliveryFailure, type FailureKind } from '../../delivery/stream-sink.ts';

/** Errors by the SDK's code. Any other may go away by itself, and says nothing about the batch. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  ServerBusyError: 'busy',
  SenderBusyError: 'unsent',
  SenderNotReadyError: 'unsent',
  MessageTooLargeError: 'oversized',
  ArgumentError: 'rejected',
  QuotaExceededError: 'stopped',
  MessagingEntityDisabledError: 'stopped',
  MessagingEntityNotFoundError: 'stopped',
  ArgumentOutOfRangeError: 'stopped',
  InvalidOperationError: 'stopped',
};

/**
 * The failure that an error of the SDK stands for.
 * @param began whether the batch may have left; if not, it is certainly not stored
 */
export function sdkFailure(error: unknown, began: boolean): DeliveryFailure {
  const { code, message } = lastError(error);
  const kind = KINDS[code ?? ''] ?? (began ? 'unknown' : 'unsent');
  const reason = redact(message).split('\n')[0] || 'the connection was lost';
  return new DeliveryFailure(kind, reason, code, redactError(error));
}

/** Whether the service answered: then the connection is sound, whatever it said. */
export function isAnswer({ kind }: DeliveryFailure): boolean {
  return kind !== 'unknown' && kind !== 'unsent';
}

/** Code and message of an error; of the last one if several attempts were made of it. */
export function lastError(error: unknown): { code: string | undefined; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return lastError(error.errors.at(-1));
  }
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return {
    code: typeof code === 'string' ? code : undefined,
    message: typeof message === 'string' ? message : String(error),
  };
}
