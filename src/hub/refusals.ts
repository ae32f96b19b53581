/** The errors that the hub answers with, under the conditions that Event Hubs uses. */
import type { AmqpError } from './amqp-library.ts';

export const MAX_MESSAGE_BYTES = 1024 * 1024;

export function notFound(what: string): AmqpError {
  return refusal(
    'amqp:not-found',
    `The messaging entity '${what}' could not be found (status-code: 404).`,
  );
}

export function badRequest(reason: string): AmqpError {
  return refusal('com.microsoft:argument-error', `${reason} (status-code: 400).`);
}

/** For a start position that no event of the partition has reached: it is probably of another hub. */
export function beyondEnd(what: string, supplied: number, last: number): AmqpError {
  return badRequest(
    `The supplied ${what} '${supplied}' is invalid. The last ${what} in the system is '${last}'`,
  );
}

export function noSuchPartition(count: number): AmqpError {
  return refusal(
    'com.microsoft:argument-out-of-range',
    'The specified partition is invalid for an EventHub partition sender or receiver. ' +
      `It should be between 0 and ${count - 1} (status-code: 400).`,
  );
}

export function tooLarge(bytes: number): AmqpError {
  return refusal(
    'amqp:link:message-size-exceeded',
    `The message has ${bytes} bytes; the limit of the link is ${MAX_MESSAGE_BYTES}.`,
  );
}

export function malformed(reason: string): AmqpError {
  return refusal('amqp:decode-error', `The message can't be read: ${reason}.`);
}

export function serverBusy(reason: string): AmqpError {
  return refusal(
    'com.microsoft:server-busy',
    `The request was terminated because ${reason}. Please try again later. Error code: 50002.`,
  );
}

export function internalError(reason: string): AmqpError {
  return refusal('amqp:internal-error', `The operation failed because ${reason}.`);
}

export function stolen(detail: string): AmqpError {
  return refusal('amqp:link:stolen', detail);
}

export function producerFenced(): AmqpError {
  return refusal(
    'com.microsoft:producer-epoch-stolen',
    'A producer with the same id and a higher epoch has taken over.',
  );
}

export function outOfOrder(): AmqpError {
  return refusal(
    'com.microsoft:out-of-order-sequence',
    'The sequence number of the batch does not follow the last stored one.',
  );
}

export function forcedDetach(): AmqpError {
  return refusal('amqp:link:detach-forced', 'The link was detached by the hub.');
}

/** For a link that is attached again under the same name and direction: the older one is closed. */
export function nameTaken(name: string): AmqpError {
  return stolen(`A link named '${name}' was attached again in this session: this one is closed.`);
}

export function handleInUse(name: string): AmqpError {
  return refusal(
    'amqp:session:handle-in-use',
    `The link '${name}' was attached with the handle of another link of this session.`,
  );
}

function refusal(condition: string, description: string): AmqpError {
  return { condition, description, info: null };
}
