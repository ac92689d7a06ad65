/** A part of the palette that has lines of its own. */
export type PalettePage = 'model' | 'theme' | 'language';
