/** Long work, as the live connection tells it. */
import { useEffect, useState } from 'preact/hooks';
import { get } from './http.ts';
import { live, reconnections } from './live.ts';
import type { ActiveTasks, Task } from './api-types.ts';

/** The newest task of some kinds: under way, or over since the server was started. */
export function useTask(...kinds: readonly string[]): Task | undefined {
  const [remembered, setRemembered] = useState<Task>();
  const again = reconnections.value;
  const wanted = kinds.join();
  useEffect(() => {
    let left = false;
    setRemembered(undefined);
    void get<ActiveTasks>('/api/tasks/active')
      .then(({ tasks, recent }) => {
        const found = [...tasks, ...recent].find(({ kind }) => wanted.split(',').includes(kind));
        if (!left) setRemembered(found);
      })
      .catch(() => {});
    return () => {
      left = true;
    };
  }, [wanted, again]);
  const told = live.value?.tasks.findLast(({ kind }) => wanted.split(',').includes(kind));
  useEffect(() => {
    if (told !== undefined) setRemembered(told);
  }, [told]);
  return told ?? remembered;
}
