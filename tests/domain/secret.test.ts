/** Secrets are not shown, however they are printed. */
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  looksSecret,
  redact,
  redactError,
  Secret,
  withLastingSecrets,
  withPassingSecrets,
} from '../../src/domain/secret.ts';

const KEY = 'Q2FuYXJ5K2tleS9mb3IrdGVzdHM9PQ+/canary==';
const secret = new Secret(`Endpoint=sb://h/;SharedAccessKey=${KEY}`, [KEY]);

it('is shown as stars in every form but one', () => {
  const shown = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ deep: [secret] }, { depth: 9, showHidden: true }),
  ];
  for (const text of shown) {
    expect(text).toContain('***');
    expect(text).not.toContain('canary');
  }
  expect(secret.reveal()).toContain(KEY);
  expect(Object.keys(secret)).toEqual([]);
});

describe('redact', () => {
  it.each([
    ['a known key', `token ${KEY} was refused`, 'token *** was refused'],
    ['its form in a URL', `?k=${encodeURIComponent(KEY)}&b`, '?k=***&b'],
    ['its form in JSON', JSON.stringify({ a: `${KEY}` }), '{"a":"***"}'],
    ['any key', 'SharedAccessKey=abc+/=;EntityPath=e', 'SharedAccessKey=***;EntityPath=e'],
    ['any signature', 'x?a=1&sig=abc%2B&se=12', 'x?a=1&sig=***&se=12'],
    [
      'any shared access signature',
      'SharedAccessSignature sr=sb%3a%2f%2fh&sig=abc&se=1&skn=k failed',
      'SharedAccessSignature sr=*** failed',
    ],
    ['any header', 'Authorization: Bearer eyJ0.abc-_ sent', 'Authorization: *** sent'],
    ['any password in an address', 'at https://me:word@h/x', 'at https://***@h/x'],
    ['any storage key', 'AccountKey=abc==;x=1', 'AccountKey=***;x=1'],
    [
      'no example of a header',
      'send "authorization: Bearer …" or authorization: Bearer ...',
      'send "authorization: Bearer …" or authorization: Bearer ...',
    ],
    [
      'no example of a string',
      'as Endpoint=sb://<host>/;SharedAccessKey=<key>;EntityPath=<event hub>',
      'as Endpoint=sb://<host>/;SharedAccessKey=<key>;EntityPath=<event hub>',
    ],
    ['a token that begins with dots', 'Bearer ...abcdef', 'Bearer ***'],
    ['nothing else', 'Cannot reach hub "a" at h:1', 'Cannot reach hub "a" at h:1'],
  ])('masks %s', (_, text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('leaves no known secret in any text', () => {
    const property = fc.property(
      fc.array(fc.string()),
      fc.string({ minLength: 6 }),
      (texts, key) => {
        fc.pre(!'***'.includes(key));
        new Secret(key);
        // A text of stars around may join into the key again; anything else may not.
        fc.pre(!key.includes('*'));
        expect(redact(texts.join(key))).not.toContain(key);
      },
    );
    fc.assert(property, { numRuns: 200 });
  });
});

it('removes secrets from message, stack and causes of an error, and keeps its name and code', () => {
  const cause = new Error(`inner ${KEY}`);
  const error = Object.assign(new TypeError(`outer ${secret.reveal()}`, { cause }), { code: 'E7' });
  const clean = redactError(error);
  expect(inspect(clean, { depth: 9, showHidden: true })).not.toContain('canary');
  expect(clean).toMatchObject({ name: 'TypeError', code: 'E7' });
  expect(clean.message).toMatch(/^outer /);
  expect((clean.cause as Error).message).toBe('inner ***');
  const ring = new Error('ring');
  ring.cause = ring;
  expect(redactError(ring).message).toBe('ring');
  expect(redactError('a text').message).toBe('a text');
});

describe('what is remembered', () => {
  it('of a request is forgotten with it, unless it is stored', async () => {
    await withPassingSecrets(async () => {
      new Secret('of one request', ['piece of it']);
      withLastingSecrets(() => new Secret('kept for good'));
      await Promise.resolve();
      expect(redact('of one request, piece of it, kept for good')).toBe('***, ***, ***');
      expect(withPassingSecrets(() => redact('piece of it'))).toBe('piece of it');
    });
    expect(redact('of one request, piece of it, kept for good')).toBe(
      'of one request, piece of it, ***',
    );
  });

  it('hides the longest first, wherever it is known from', () => {
    new Secret('middle');
    withPassingSecrets(() => {
      new Secret('the middle of it');
      expect(redact('the middle of it')).toBe('***');
    });
  });

  it('is bounded: secrets in use stay', () => {
    const used = new Secret('always in use', ['a piece in use']);
    new Secret('used once only');
    for (let at = 0; at < 3000; at++) {
      new Secret(`another secret ${at}.`);
      used.reveal();
    }
    expect(redact('always in use, a piece in use')).toBe('***, ***');
    expect(redact('another secret 2999.')).toBe('***');
    expect(redact('used once only, another secret 0.')).toBe('used once only, another secret 0.');
  });

  it('may be half a surrogate pair', () => {
    new Secret('half a \ud800 pair');
    expect(redact('(half a \ud800 pair)')).toBe('(***)');
  });
});

it('recognises texts that look like a key', () => {
  expect(looksSecret('a;SharedAccessKey=abc')).toBe(true);
  expect(looksSecret('https://h/?sig=abc')).toBe(true);
  expect(looksSecret('retail-events')).toBe(false);
  expect(looksSecret('shop.servicebus.windows.net')).toBe(false);
});
