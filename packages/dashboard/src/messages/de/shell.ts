import type { Messages } from '../messages.ts';

export const shell: Messages['shell'] = {
  visitors: 'Besucher',
  monitor: 'Besucher-Monitor',
  settings: 'Einstellungen',
  allSites: 'Alle Sites',
  siteIs: (site) => `Site: ${site}`,
  notInPlan: 'Die Besucher-Verfolgung gehört nicht zu diesem Tarif',
  notInPlanText: (workspace) =>
    `Der Tarif von ${workspace} kommt ohne Besucher-Verfolgung, über Besucher wird also nichts erhoben. Wer dieses Foyer betreibt, kann den Tarif ändern.`,
  pageTitle: (page, workspace) => `${page} · ${workspace} · Foyer`,
  linkCopied: 'Link kopiert.',
};
