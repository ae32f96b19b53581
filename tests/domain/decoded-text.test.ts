import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, withLineFeeds } from '../../src/domain/decoded-text.ts';
import { InputError, OutputError, visible } from '../../src/domain/errors.ts';
import { redact, Secret } from '../../src/domain/secret.ts';

const MARK = '\ufeff';
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((one) => !one.startsWith(MARK));

describe('bytes as text', () => {
  it('are the text that was written, however it was encoded', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(decodeText(Buffer.from(given))).toBe(given);
        expect(decodeText(Buffer.from(MARK + given))).toBe(given);
        expect(decodeText(Buffer.from(MARK + given, 'utf16le'))).toBe(given);
        expect(decodeText(utf16be(MARK + given))).toBe(given);
      }),
    );
  });

  it('are refused at the first byte that is not part of a character', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(0x80, 0xc0, 0xf5, 0xff), text, (before, byte, after) => {
        const head = Buffer.from(`\n${before}`);
        const bytes = Buffer.concat([head, Buffer.of(byte), Buffer.from(after)]);
        const line = `\n${before}`.split('\n').length;
        const place = `byte ${head.length + 1} (0x${byte.toString(16)}) on line ${line} is not UTF-8`;
        expect(() => decodeText(bytes)).toThrow(place);
      }),
    );
  });

  it('are refused where UTF-16 is cut, and where a character is', () => {
    expect(() => decodeText(Buffer.of(0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00, 0x62))).toThrow(
      'line 2 is not UTF-16',
    );
    expect(() => decodeText(Buffer.of(0x61, 0xe2, 0x82))).toThrow('byte 2 (0xe2) on line 1');
  });

  it('have one kind of line end afterwards', () => {
    expect(withLineFeeds('a\r\nb\nc\rd\r\n\r\n')).toBe('a\nb\nc\nd\n\n');
  });
});

describe('messages', () => {
  it('show characters that a terminal would interpret or hide', () => {
    expect(visible('a\rb\x1b[2Jc\u0000d\u200be\u202ef\n\tg é 漢')).toBe(
      'a\\rb\\x1b[2Jc\\x00d\\u200be\\u202ef\n\tg é 漢',
    );
    expect(new InputError('Unknown preset "small\r"').message).toBe('Unknown preset "small\\r"');
    expect(new OutputError('x\u0007').message).toBe('x\\x07');
  });

  it('hide a secret with such a character, in either form', () => {
    const text = 'topsecret\rtail';
    new Secret(text);
    expect(redact(`key ${text}`)).toBe('key ***');
    expect(redact(new InputError(`key ${text}`).message)).toBe('key ***');
  });
});
