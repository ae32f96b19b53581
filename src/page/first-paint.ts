/** Runs before the first paint, so that the theme does not flash: the chosen theme, or the system's. */
{
  const chosen = localStorage.getItem('theme');
  const system = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.dataset.theme = chosen ?? system;
}
