/** A repeatable signal that any number of callers may wait for. */

export class Signal {
  private waiting: PromiseWithResolvers | undefined;

  /** Resolves at the next `set`. */
  wait(): Promise<void> {
    this.waiting ??= withResolvers();
    return this.waiting.promise;
  }

  set(): void {
    this.waiting?.resolve();
    this.waiting = undefined;
  }

  /** Rejects the present waits. */
  fail(error: Error): void {
    this.waiting?.reject(error);
    this.waiting = undefined;
  }
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Prevents an unhandled rejection if no caller waits.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
