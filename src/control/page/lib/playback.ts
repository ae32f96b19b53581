/** The clock that the page shows, set by each state. */
import { live } from './live.ts';
import { Playback } from './playback-clock.ts';

export const playback = new Playback();

live.subscribe((state) => {
  if (state === null || state.clock.simulatedMs === null) return;
  const { simulatedMs, mode, paused } = state.clock;
  playback.take(simulatedMs, performance.now(), mode === 'realtime' && !paused);
});
