/** Connection strings, good and bad. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/domain/errors.ts';
import { parseConnectionString } from '../../../src/sinks/event-hubs/connection-string.ts';

const KEY = 'canaryKey0123456789+/=';
const AZURE = `Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${KEY};EntityPath=retail`;

describe('a good one', () => {
  it.each([
    ['event-hubs', AZURE, 'shop.servicebus.windows.net', 'retail'],
    ['event-hubs', `"${AZURE}"`, 'shop.servicebus.windows.net', 'retail'],
    [
      'event-hubs',
      AZURE.replace(';EntityPath=retail', ''),
      'shop.servicebus.windows.net',
      undefined,
    ],
    [
      'fabric',
      `Endpoint=sb://eventstream-0a1b.servicebus.windows.net/;SharedAccessKeyName=key_1;SharedAccessKey=${KEY};EntityPath=es_0a1b2c3d-0000-0000-0000-000000000000`,
      'eventstream-0a1b.servicebus.windows.net',
      'es_0a1b2c3d-0000-0000-0000-000000000000',
    ],
    [
      'emulator',
      'Endpoint=sb://localhost:5673;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;',
      'localhost:5673',
      undefined,
    ],
    [
      'event-hubs',
      `endpoint=sb://h.x ; sharedaccesssignature=SharedAccessSignature sr=a&sig=${KEY}`,
      'h.x',
      undefined,
    ],
  ])('is recognised: %s', (service, text, host, entity) => {
    expect(parseConnectionString(text, 'here')).toMatchObject({ service, host, entity });
  });
});

describe('a bad one', () => {
  const without = (part: string) =>
    AZURE.split(';')
      .filter((p) => !p.startsWith(`${part}=`))
      .join(';');
  it.each([
    ['Endpoint', without('Endpoint'), ['Endpoint is missing']],
    ['key', without('SharedAccessKey'), ['SharedAccessKey is missing']],
    ['key name', without('SharedAccessKeyName'), ['SharedAccessKeyName is missing']],
    [
      'scheme',
      AZURE.replace('sb://', 'https://'),
      ['Endpoint is not an address that begins with sb://'],
    ],
    [
      'everything',
      KEY,
      ['Endpoint is missing', 'SharedAccessKeyName is missing', 'SharedAccessKey is missing'],
    ],
    ['value', AZURE.replace(KEY, ''), ['SharedAccessKey is missing']],
  ])('names what is missing, and no value: %s', (_, text, problems) => {
    let message = '';
    try {
      parseConnectionString(text, 'environment variable X');
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      message = (error as Error).message;
    }
    for (const problem of problems) expect(message).toContain(problem);
    expect(message).toContain('environment variable X');
    expect(message).not.toContain('canary');
  });

  it('never shows any part of the key, cut off wherever it is', () => {
    const property = fc.property(fc.integer({ min: 0, max: AZURE.length }), (length) => {
      try {
        parseConnectionString(AZURE.slice(0, length), 'here');
      } catch (error) {
        expect((error as Error).message).not.toContain('canary');
      }
    });
    fc.assert(property);
  });
});
