/** Chooses the compression of an answer by the client's Accept-Encoding. */
export type Encoding = 'br' | 'gzip';

/** Returns the client's preferred encoding among those offered; undefined for no compression. */
export function encodingFor(
  header: string | undefined,
  offered: readonly Encoding[],
): Encoding | undefined {
  const wanted = new Map<string, number>();
  for (const part of (header ?? '').split(',')) {
    const [name, ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    wanted.set(name, weight === undefined ? 1 : Number(weight) || 0);
  }
  const weightOf = (name: Encoding) => wanted.get(name) ?? wanted.get('*') ?? 0;
  const [best] = [...offered].sort((a, b) => weightOf(b) - weightOf(a));
  return weightOf(best) > 0 ? best : undefined;
}
