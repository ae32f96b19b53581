/** Long tasks, as the live connection reports them. */
import { useEffect, useState } from 'preact/hooks';
import type { Operation } from './api-types.ts';
import { get } from './http.ts';
import { live, reconnections } from './live.ts';
import { newestHere } from './newest-task.ts';
import type { ActiveTasks, Task } from './api-types.ts';

const NONE: readonly Task[] = [];

/** The newest task of some kinds: running, or ended since the server was started and the world began. */
export function useTask(...kinds: readonly string[]): Task | undefined {
  const [remembered, setRemembered] = useState<Task>();
  const again = reconnections.value;
  const wanted = kinds.join();
  useEffect(() => {
    let left = false;
    setRemembered(undefined);
    void get<ActiveTasks>('/api/tasks/active')
      .then(({ tasks, recent }) => {
        const oldestFirst = [...recent.toReversed(), ...tasks];
        if (!left) setRemembered(newestHere(oldestFirst, wanted.split(',')));
      })
      .catch(() => {});
    return () => {
      left = true;
    };
  }, [wanted, again]);
  // The remembered state is read first: the live connection reports only recent tasks.
  const told = live.value?.tasks ?? NONE;
  const known = remembered === undefined ? told : [remembered, ...told];
  const newest = newestHere(known, kinds);
  useEffect(() => setRemembered(newest), [newest]);
  return newest;
}

/** The answer to a start arrives before the task is shown here; another press in between would start a second one. */
const SHOWS_WITHIN_MS = 2000;

/** Resolves when a task that was just started is shown, or should have been long ago. */
export function begun({ operation_id: id }: Operation): Promise<void> {
  return new Promise((resolve) => {
    let end = () => {};
    const over = () => {
      clearTimeout(timer);
      resolve();
      // It may be shown at once, before there is anything to end.
      queueMicrotask(() => end());
    };
    const timer = setTimeout(over, SHOWS_WITHIN_MS);
    end = live.subscribe((state) => {
      if (state?.tasks.some(({ operation_id }) => operation_id === id)) over();
    });
  });
}
