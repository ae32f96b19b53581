/**
 * Bytes that people bring as text: the one place where they are decoded.
 *
 * Editors and shells of Windows put a byte order mark first, write UTF-16, or end lines with CR LF; all of
 * that is read for what it says. What is no text is an error that says where.
 */

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16_LE_MARK = [0xff, 0xfe];
const UTF16_BE_MARK = [0xfe, 0xff];
const NEWLINE = 0x0a;

/**
 * The text of UTF-8 with or without a byte order mark, or of UTF-16 with one; without the mark.
 * @throws RangeError that says at which byte, of which line, it is neither
 */
export function decodeText(bytes: Uint8Array): string {
  if (startsWith(bytes, UTF16_LE_MARK)) return decodeUtf16(bytes, 'utf-16le');
  if (startsWith(bytes, UTF16_BE_MARK)) return decodeUtf16(bytes, 'utf-16be');
  const content = startsWith(bytes, UTF8_MARK) ? bytes.subarray(UTF8_MARK.length) : bytes;
  const text = decoded(content, 'utf-8');
  if (text !== undefined) return text;
  const at = validLength(content);
  const line = 1 + content.subarray(0, at).filter((byte) => byte === NEWLINE).length;
  const found = content[at].toString(16).padStart(2, '0');
  throw new RangeError(
    `byte ${at + bytes.length - content.length + 1} (0x${found}) on line ${line} is not UTF-8; save it as UTF-8, ` +
      'or as UTF-16 with a byte order mark',
  );
}

/** The text with LF alone at the ends of its lines, whatever ended them. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  const content = bytes.subarray(UTF16_LE_MARK.length);
  const text = decoded(content, encoding);
  if (text !== undefined) return text;
  const lines = new TextDecoder(encoding).decode(content).split('\ufffd')[0].split('\n').length;
  throw new RangeError(
    `it begins with the byte order mark of UTF-16, and line ${lines} is not UTF-16; save it as UTF-8`,
  );
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes from the beginning that are whole characters of UTF-8. */
function validLength(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at];
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length > 1 && decoded(bytes.subarray(at, at + length), 'utf-8') === undefined) break;
    at += length;
  }
  return at;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}
