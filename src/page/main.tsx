/** Entry of the page. */
import { render } from 'preact';
import { stayConnected } from './lib/live.ts';
import { Shell } from './shell.tsx';

const root = document.getElementById('app') as HTMLElement;
root.replaceChildren();
render(<Shell />, root);
stayConnected();
