/** What a user hears when there is no way in, and how soon. */
import net, { type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InputError, OutputError } from '../../src/domain/errors.ts';
import { connectionFault } from '../../src/sinks/event-hubs/connection-fault.ts';
import { EventHubsSink } from '../../src/sinks/event-hubs/event-hubs.ts';
import { testHub } from '../hub/clients.ts';
import { connectionTo } from './fixtures.ts';
import { refusingService } from './refusing-service.ts';

const CANARY = 'canaryKey0123456789+/canary==';
const emulator = (port: number, entity: string) =>
  `Endpoint=sb://localhost:${port};SharedAccessKeyName=send;SharedAccessKey=${CANARY};UseDevelopmentEmulator=true;EntityPath=${entity}`;

async function failure(text: string, openTimeoutMs = 3_000): Promise<Error> {
  const sink = new EventHubsSink({
    connection: connectionTo(text),
    sendTimeoutMs: 1_000,
    openTimeoutMs,
  });
  const startedMs = performance.now();
  try {
    await sink.open();
  } catch (error) {
    expect(performance.now() - startedMs).toBeLessThan(openTimeoutMs + 1_500);
    expect(inspect(error, { depth: 12, showHidden: true })).not.toContain('canary');
    return error as Error;
  } finally {
    await sink.close();
  }
  throw new Error('it opened');
}

describe('opening fails', () => {
  it('with the name of an event hub that is not there', async () => {
    const hub = await testHub();
    const error = await failure(emulator(hub.port, 'nosuch'));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(
      /Cannot find event hub "nosuch" at localhost:\d+: .*Check EntityPath/,
    );
  });

  it('with the address where nobody listens', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(emulator(port, 'retail-events'));
    expect(error).toBeInstanceOf(OutputError);
    expect(error.message).toMatch(
      /Cannot reach event hub .* at localhost:\d+: .*firewall blocks port/,
    );
  });

  it('with a host that does not exist', () => {
    const connection = connectionTo(
      `Endpoint=sb://nosuch.invalid/;SharedAccessKeyName=send;SharedAccessKey=${CANARY};EntityPath=e`,
    );
    const unknown = new AggregateError([new Error('getaddrinfo ENOTFOUND nosuch.invalid')]);
    const error = connectionFault(unknown, connection);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(
      /Cannot reach event hub "e" at nosuch.invalid: the host name is unknown .*check Endpoint/,
    );
  });

  it('in time with an address that says nothing', async () => {
    const sockets = new Set<net.Socket>();
    const server = net.createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const error = await failure(emulator(port, 'retail-events'), 600);
    expect(error.message).toContain('there was no answer within 0.6 s');
  });

  it('with what to check when the key is refused', async () => {
    const port = await refusingService(`InvalidSignature: The token ${CANARY} is wrong.`);
    const error = await failure(emulator(port, 'retail-events'));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(
      /access was refused .*check that the key is current and has the Send right/,
    );
  });
});
