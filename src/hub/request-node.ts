/** Answers requests to `$cbs` and `$management` over the link that the requester opened for the answers. */
import { amqp, type Link, type Message, type Sender } from './amqp-library.ts';

export interface Answer {
  readonly status: number;
  readonly description: string;
  readonly body?: unknown;
  /** Condition of an error. */
  readonly condition?: string;
}

/** Sends the answer to a `request` that came over `link`, if there is a link for it. */
export function answerRequest(link: Link, request: Message, answer: Answer): void {
  const reply = replyLink(link, request.reply_to);
  if (reply === undefined) return;
  const { status, description, condition, body } = answer;
  reply.send({
    correlation_id: request.message_id,
    application_properties: {
      // The protocol requires an int; the library would encode a number as a uint.
      'status-code': amqp.types.wrap_int(status),
      'status-description': description,
      ...(condition === undefined ? {} : { 'error-condition': condition }),
    },
    body,
  });
}

/**
 * Clients name the link for the answer by its name or by the address at its far end. Some name none
 * and wait at the node to which they sent the request.
 */
function replyLink(request: Link, replyTo: string | undefined): Sender | undefined {
  const links = Object.values(request.session.links);
  const senders = links.filter((link): link is Sender => 'send' in link && link.is_open());
  const node = request.target?.address;
  return (
    senders.find(({ name }) => name === replyTo) ??
    senders.find(({ target }) => replyTo !== undefined && target?.address === replyTo) ??
    senders.find(({ source }) => source?.address === node)
  );
}
