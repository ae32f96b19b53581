/** Reloads when there is new data, but not several times a second while history is generated. */
import { useEffect, useRef } from 'preact/hooks';
import { type Pace, paced } from './pace.ts';

const EVERY_MS = 2000;

/** @param follow called whenever `news` has changed; not for the first value */
export function useFollow(news: unknown, follow: () => void): void {
  const latest = useRef(follow);
  latest.current = follow;
  const known = useRef(news);
  const pace = useRef<Pace>(null);
  pace.current ??= paced(() => latest.current(), EVERY_MS);
  useEffect(() => {
    if (known.current === news) return;
    known.current = news;
    pace.current?.ask();
  }, [news]);
  useEffect(() => () => pace.current?.end(), []);
}
