/** The looks that a person may choose; with none chosen the page looks as the system does. */
const themes = ['light', 'dark'] as const;

export type Theme = (typeof themes)[number];

export const isTheme = (name: string): name is Theme => (themes as readonly string[]).includes(name);

/** Where a person's choice is kept, for the server to read. */
export const themeCookie = 'theme';
