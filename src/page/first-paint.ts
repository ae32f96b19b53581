/** Runs before anything is painted, so that the theme does not flash: the chosen one, or the system's. */
{
  const chosen = localStorage.getItem('theme');
  const system = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.dataset.theme = chosen ?? system;
}
