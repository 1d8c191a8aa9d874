/** The frame around every screen: navigation, top bar, connection, pages that are not there. */
export const shell = {
  visitors: 'Visitors',
  monitor: 'Visitor Monitor',
  settings: 'Settings',
  allSites: 'All sites',
  siteIs: (site: string) => `Site: ${site}`,
  notInPlan: 'Visitor tracking is not part of your plan',
  notInPlanText: (workspace: string) =>
    `The plan of ${workspace} comes without visitor tracking, so nothing about visitors is collected. Whoever runs this Foyer can change the plan.`,
  /** Title of the browser's tab. */
  pageTitle: (page: string, workspace: string) => `${page} · ${workspace} · Foyer`,
  linkCopied: 'Link copied.',
} as const;
