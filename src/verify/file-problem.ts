/** What can be wrong with the files of a world. */

export interface WorldFolders {
  readonly master: string;
  readonly facts: string;
  readonly closing: string;
}

export interface FileProblem {
  readonly file: string;
  readonly problem: string;
  /**
   * Of what kind: a file that is missing or can't be read, so that rows are missing (`file`, if absent); one of which the
   * rows are there in another format (`twin`); one that does not belong there; another content than was committed; a row.
   */
  readonly kind?: 'file' | 'twin' | 'stray' | 'digest' | 'row';
}
