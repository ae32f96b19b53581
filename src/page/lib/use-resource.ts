/** Data of a page: loaded when the page opens, and again after the connection came back. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { get } from './http.ts';
import { reconnections } from './live.ts';

export interface Resource<T> {
  readonly data: T | undefined;
  readonly error: string | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Sets data that is already known. */
  readonly replace: (data: T) => void;
}

/** GETs a path whenever it changes; null requests nothing. The last data stay until new data arrive. */
export function useResource<T>(path: string | null): Resource<T> {
  const [data, setData] = useState<T>();
  const [error, setError] = useState<string>();
  const [loading, setLoading] = useState(path !== null);
  const [asked, setAsked] = useState(0);
  const again = reconnections.value;
  const reload = useCallback(() => setAsked((count) => count + 1), []);

  useEffect(() => {
    if (path === null) {
      setData(undefined);
      setLoading(false);
      return;
    }
    const stopper = new AbortController();
    setLoading(true);
    get<T>(path, stopper.signal)
      .then((answer) => {
        setData(answer);
        setError(undefined);
      })
      .catch((fault: unknown) => {
        if (stopper.signal.aborted) return;
        setData(undefined);
        setError(fault instanceof Error ? fault.message : String(fault));
      })
      .finally(() => {
        if (!stopper.signal.aborted) setLoading(false);
      });
    return () => stopper.abort();
  }, [path, asked, again]);

  return { data, error, loading, reload, replace: setData };
}
