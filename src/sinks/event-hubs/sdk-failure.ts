/** Maps errors of the Event Hubs SDK to delivery failures. */
import { redact, redactError } from '../../domain/secret.ts';
import { DeliveryFailure, type FailureKind } from '../../delivery/stream-sink.ts';

/** Kinds of failure by the SDK's code. Other errors may be temporary, and don't say whether the batch was stored. */
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
 * Returns the failure for an error of the SDK.
 * @param began whether sending had begun; if not, the batch is certainly not stored
 */
export function sdkFailure(error: unknown, began: boolean): DeliveryFailure {
  const { code, message } = lastError(error);
  const kind = KINDS[code ?? ''] ?? (began ? 'unknown' : 'unsent');
  const reason = redact(message).split('\n')[0] || 'the connection was lost';
  return new DeliveryFailure(kind, reason, code, redactError(error));
}

/** Whether the service answered: then the connection works, even if the batch was refused. */
export function isAnswer({ kind }: DeliveryFailure): boolean {
  return kind !== 'unknown' && kind !== 'unsent';
}

/** Returns code and message of an error; of the last attempt if there were several. */
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
