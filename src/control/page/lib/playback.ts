/** The clock that the page shows, set by each state. */
import { absences, live } from './live.ts';
import { Playback } from './playback-clock.ts';

export const playback = new Playback();

absences.subscribe(() => playback.interrupt());

live.subscribe((state) => {
  if (state === null || state.clock.simulatedMs === null) return;
  const { simulatedMs, wallMs, speed, mode, paused } = state.clock;
  const runs = mode === 'realtime' && !paused;
  playback.take({ simulatedMs, wallMs, speed }, performance.now(), runs);
});
