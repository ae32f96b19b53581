/** Limits wrong tokens: each client may send some, then must wait between them. */
import { Problem } from '../problem.ts';
import { Bucket, type ChangeRate } from './bucket.ts';

/** Allowed rate of wrong tokens of one client. */
const GUESS_RATE: ChangeRate = { burst: 20, perSecond: 1 };
/** Maximum number of clients in memory; the one that was inactive for the longest time is removed. */
const MOST_CLIENTS = 10_000;

export class Guesses {
  private readonly wallMs: () => number;
  private readonly clients = new Map<string, Bucket>();

  constructor(wallMs: () => number) {
    this.wallMs = wallMs;
  }

  /**
   * Called when a client has sent a wrong token. The right token is never counted and always accepted, so that a
   * client that guesses cannot block others, even with the same address.
   * @throws Problem 429 if it was one too many, otherwise 401 with the given sentence
   */
  refuse(client: string, sentence: string): never {
    const known = this.clients.get(client) ?? new Bucket(GUESS_RATE, this.wallMs);
    this.clients.delete(client);
    this.clients.set(client, known);
    const [oldest] = this.clients.keys();
    if (this.clients.size > MOST_CLIENTS) this.clients.delete(oldest);
    if (known.take()) throw new Problem(401, sentence);
    throw new Problem(429, 'Too many wrong tokens in too short a time: try again in a second.');
  }
}
