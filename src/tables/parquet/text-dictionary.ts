/** Numbers the distinct texts of a column. */

export class TextDictionary {
  /** The texts in the order of their first appearance. */
  readonly texts: string[] = [];
  private readonly positions = new Map<string, number>();
  private last: string | undefined;
  private lastPosition = 0;

  get size(): number {
    return this.texts.length;
  }

  /** Returns the position of a text; a new one is added. */
  at(text: string): number {
    if (text === this.last) return this.lastPosition;
    this.last = text;
    let position = this.positions.get(text);
    if (position === undefined) {
      position = this.texts.length;
      this.texts.push(text);
      this.positions.set(text, position);
    }
    this.lastPosition = position;
    return position;
  }

  clear(): void {
    this.texts.length = 0;
    this.positions.clear();
    this.last = undefined;
  }
}
