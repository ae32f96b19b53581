/** The texts of a value set, prepared to be copied eight bytes at a time. */

/** Bytes of each text, padded with zeros to whole chunks, and its length. */
export interface ByteChoices {
  /** `chunksPerText` little-endian float64 for each text; UTF-8 never forms a NaN in them. */
  readonly chunks: Float64Array;
  readonly chunksPerText: number;
  readonly lengths: Uint8Array;
}

/** Maximum length of a text, bytes. */
const LENGTH_LIMIT = 255;

/** Throws RangeError for a text of more than 255 bytes. */
export function byteChoices(texts: readonly string[]): ByteChoices {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const longest = encoded.reduce((length, bytes) => Math.max(length, bytes.length), 0);
  if (longest > LENGTH_LIMIT) {
    throw new RangeError(
      `Cannot encode a value of ${longest} bytes: expected at most ${LENGTH_LIMIT}`,
    );
  }
  const chunksPerText = Math.ceil(longest / 8);
  const padded = new Uint8Array(texts.length * chunksPerText * 8);
  for (const [index, bytes] of encoded.entries()) padded.set(bytes, index * chunksPerText * 8);
  const view = new DataView(padded.buffer);
  return {
    chunks: Float64Array.from({ length: padded.length / 8 }, (_, i) =>
      view.getFloat64(i * 8, true),
    ),
    chunksPerText,
    lengths: Uint8Array.from(encoded, (bytes) => bytes.length),
  };
}
