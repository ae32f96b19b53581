/** Compresses large answers, except event streams, which compression would delay. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import { type Encoding, encodingFor } from './encoding.ts';

/** Minimum size: below it, compression would not save a network packet. */
const FROM_BYTES = 1400;
const WORTH_IT = /^(?:application\/(?:problem\+)?json|text\/(?:html|css|plain))\s*(?:;|$)/i;
const ENCODINGS: readonly Encoding[] = ['br', 'gzip'];
/** Nearly as small as the highest quality, in a tenth of the time. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const gzipped = promisify(gzip);
const brotlied = promisify<Uint8Array, typeof BROTLI, Buffer>(brotliCompress);

export const compressed: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers, status } = context.res;
  // Files of the page are compressed already.
  if (!WORTH_IT.test(headers.get('content-type') ?? '') || headers.has('content-encoding')) return;
  headers.append('vary', 'accept-encoding');
  const encoding = encodingFor(context.req.header('accept-encoding'), ENCODINGS);
  const hasBody = context.req.method !== 'HEAD' && status !== 204 && status !== 304;
  if (encoding === undefined || !hasBody) return;
  const answer = new Headers(headers);
  const plain = new Uint8Array(await context.res.arrayBuffer());
  if (plain.byteLength < FROM_BYTES) {
    context.res = new Response(plain, { status, headers: answer });
    return;
  }
  const small = encoding === 'br' ? await brotlied(plain, BROTLI) : await gzipped(plain);
  answer.set('content-encoding', encoding);
  answer.set('content-length', String(small.byteLength));
  context.res = new Response(new Uint8Array(small), { status, headers: answer });
};
