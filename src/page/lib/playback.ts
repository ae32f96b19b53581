/** The clock of the page, set by each state. */
import { absences, live } from './live.ts';
import { Playback } from './playback-clock.ts';

export const playback = new Playback();

absences.subscribe(() => playback.interrupt());

live.subscribe((state) => {
  if (state === null || state.clock.simulatedMs === null) return;
  const { simulatedMs, wallMs, mode, paused, rate } = state.clock;
  // A steered speed does not predict the next moment.
  const speed = rate === null ? state.clock.speed : 'max';
  const runs = mode === 'realtime' && !paused;
  playback.take({ simulatedMs, wallMs, speed }, performance.now(), runs);
});
