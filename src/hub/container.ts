/** Sets up the AMQP library for the hub: which clients and authentication mechanisms it accepts. */
import { amqp, type Container } from './amqp-library.ts';

/** Returns a container that accepts every client; `id` is its name in the protocol. */
export function makeContainer(id: string): Container {
  const container = amqp.create_container({ id });
  const mechanisms = container.sasl_server_mechanisms;
  mechanisms.enable_anonymous();
  // .NET and Java use another name for the same mechanism: the claims come later, over $cbs.
  mechanisms.MSSBCBS = mechanisms.ANONYMOUS;
  mechanisms.enable_plain(() => true);
  container.on('error', () => {});
  return container;
}
