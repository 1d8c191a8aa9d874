/** The frame around every screen: navigation, top bar, connection, pages that are not there. */
export const shell = {
  visitors: 'Visitors',
  monitor: 'Visitor Monitor',
  settings: 'Settings',
} as const;
