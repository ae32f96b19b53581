/** What the hub answers when it can't do what is asked: conditions as Event Hubs gives them. */
import type { AmqpError } from './amqp-library.ts';

export const MAX_MESSAGE_BYTES = 1024 * 1024;

export function notFound(what: string): AmqpError {
  return {
    condition: 'amqp:not-found',
    description: `The messaging entity '${what}' could not be found (status-code: 404).`,
  };
}

export function badRequest(reason: string): AmqpError {
  return {
    condition: 'com.microsoft:argument-error',
    description: `${reason} (status-code: 400).`,
  };
}

export function tooLarge(bytes: number): AmqpError {
  return {
    condition: 'amqp:link:message-size-exceeded',
    description: `The message has ${bytes} bytes; the limit of the link is ${MAX_MESSAGE_BYTES}.`,
  };
}

export function malformed(reason: string): AmqpError {
  return { condition: 'amqp:decode-error', description: `The message can't be read: ${reason}.` };
}

export function serverBusy(reason: string): AmqpError {
  return {
    condition: 'com.microsoft:server-busy',
    description: `The request was terminated because ${reason}. Please try again later. Error code: 50002.`,
  };
}

export function stolen(detail: string): AmqpError {
  return { condition: 'amqp:link:stolen', description: detail };
}

export function producerFenced(): AmqpError {
  return {
    condition: 'com.microsoft:producer-epoch-stolen',
    description: 'A producer with the same id and a higher epoch has taken over.',
  };
}

export function outOfOrder(): AmqpError {
  return {
    condition: 'com.microsoft:out-of-order-sequence',
    description: 'The sequence number of the batch does not follow the last stored one.',
  };
}

export function forcedDetach(): AmqpError {
  return { condition: 'amqp:link:detach-forced', description: 'The link was detached by the hub.' };
}
