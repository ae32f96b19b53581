/** The library's side of the hub: who may speak, and with which mechanisms. */
import { amqp, type Container } from './amqp-library.ts';

/** A container that lets everybody in; `id` is what clients are told of it. */
export function makeContainer(id: string): Container {
  const container = amqp.create_container({ id });
  const mechanisms = container.sasl_server_mechanisms;
  mechanisms.enable_anonymous();
  // What .NET and Java call the same: the claims come later, over $cbs.
  mechanisms.MSSBCBS = mechanisms.ANONYMOUS;
  mechanisms.enable_plain(() => true);
  container.on('error', () => {});
  return container;
}
