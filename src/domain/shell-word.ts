/** A word of a command line that a message suggests: in quotes if a shell would take it for more. */
export function shellWord(text: string): string {
  if (/^[\w./:@%+=\\-]+$/.test(text)) return text;
  // Double quotes are those of every shell; what they leave its meaning, single ones take it from.
  return /["$`!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}
