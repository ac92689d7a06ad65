/** Where it is kept that a person has closed the list at the side, for the server to read: `closed`. */
export const sidebarCookie = 'sidebar';
