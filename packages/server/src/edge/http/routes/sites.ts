import { AllowBody, type Install, SiteBody, SitePatch } from '@foyer/protocol';
import type { IdentitySecret, SiteRecord } from '../../../ports/team-store.ts';
import { canonicalOrigin, isLocalHost, originAllowed, parseDomain } from '../../../team/origins.ts';
import type { Actor } from '../../../team/sessions.ts';
import { newSite } from '../../../team/setup.ts';
import { InstallAnswer, SiteAnswer, SiteIdentityAnswer, SitesAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { invalid, REFUSALS, refuse, reply } from '../replies.ts';
import { originOf } from '../same-origin.ts';
import { siteOf } from '../shapes.ts';

const BAD_DOMAIN = invalid({ domain: 'a host name is needed, such as shop.example.com' });
const BAD_ORIGIN = 'an origin is needed, such as https://shop.example.com';
/** As many as a patch may list. */
const MAX_ORIGINS = 100;

export function sitesRoutes({ guarded }: Endpoints, deps: HttpDeps): void {
  const { directory, store, clock, people } = deps;
  const audit = (actor: Actor, action: string, detail: string): Promise<void> =>
    store.audit({ workspace: actor.workspace, user: actor.user.id, at: clock.now(), action, detail });
  const ownSite = (actor: Actor, id: string): SiteRecord | null => {
    const site = directory.site(id);
    return site?.workspace === actor.workspace ? site : null;
  };

  guarded({
    method: 'get',
    path: '/sites',
    tag: 'Sites',
    access: 'visitors.see',
    status: 200,
    answer: SitesAnswer,
    summary: 'Sites of the workspace, oldest first',
    handle: async ({ actor }) => reply(directory.sites(actor.workspace).map(siteOf)),
  });

  guarded({
    method: 'post',
    path: '/sites',
    tag: 'Sites',
    access: 'sites.manage',
    status: 201,
    body: SiteBody,
    answer: SiteAnswer,
    summary: 'Add a site; it gets a key for its snippet',
    async handle({ actor, body }) {
      const domain = parseDomain(body.domain);
      if (domain === null) return BAD_DOMAIN;
      const site = newSite({ workspace: actor.workspace, name: body.name, domain, now: clock.now() });
      await directory.addSite(site);
      await audit(actor, 'site.add', `${site.name} (${site.domain})`);
      return reply(siteOf(site));
    },
  });

  guarded({
    method: 'get',
    path: '/sites/:id',
    tag: 'Sites',
    access: 'visitors.see',
    status: 200,
    answer: SiteAnswer,
    summary: 'One site',
    async handle({ actor, param }) {
      const site = ownSite(actor, param('id'));
      return site === null ? REFUSALS.notFound : reply(siteOf(site));
    },
  });

  guarded({
    method: 'patch',
    path: '/sites/:id',
    tag: 'Sites',
    access: 'sites.manage',
    status: 200,
    body: SitePatch,
    answer: SiteAnswer,
    summary: 'Change a site; what is not said stays',
    async handle({ actor, body, param }) {
      const domain = body.domain === undefined ? undefined : parseDomain(body.domain);
      if (domain === null) return BAD_DOMAIN;
      const origins = body.origins?.map(canonicalOrigin);
      const wrong = origins?.indexOf(null) ?? -1;
      if (wrong >= 0) return invalid({ [`origins.${wrong}`]: BAD_ORIGIN });
      const said = Object.fromEntries(
        Object.entries({ ...body, domain, origins: origins && [...new Set(origins)] }).filter(([, value]) => value !== undefined),
      );
      const site = await directory.changeSite(actor.workspace, param('id'), (now) => ({ ...now, ...said }));
      if (site === null) return REFUSALS.notFound;
      directory.forgetRefused(site.id, (origin) => !originAllowed(site, origin));
      await audit(actor, 'site.change', `${site.name}: ${Object.keys(said).join(', ')}`);
      return reply(siteOf(site));
    },
  });

  guarded({
    method: 'delete',
    path: '/sites/:id',
    tag: 'Sites',
    access: 'sites.manage',
    status: 204,
    summary: 'Delete a site; its sockets close and its running visits end',
    async handle({ actor, param }) {
      const site = ownSite(actor, param('id'));
      if (site === null || !(await directory.removeSite(actor.workspace, site.id))) return REFUSALS.notFound;
      await audit(actor, 'site.delete', `${site.name} (${site.domain})`);
      return reply(undefined);
    },
  });

  guarded({
    method: 'post',
    path: '/sites/:id/origins',
    tag: 'Sites',
    access: 'sites.manage',
    status: 200,
    body: AllowBody,
    answer: SiteAnswer,
    refuses: [409],
    summary: 'Allow an origin to embed the tracker of this site',
    async handle({ actor, body, param }) {
      const origin = canonicalOrigin(body.origin);
      if (origin === null) return invalid({ origin: BAD_ORIGIN });
      const before = ownSite(actor, param('id'));
      if (before === null) return REFUSALS.notFound;
      if (before.origins.length >= MAX_ORIGINS) return refuse(409, 'too_many_origins', `A site lists at most ${MAX_ORIGINS} origins.`);
      const site = await directory.changeSite(actor.workspace, before.id, (now) => ({
        ...now,
        origins: [...new Set([...now.origins, origin])],
      }));
      if (site === null) return REFUSALS.notFound;
      directory.forgetRefused(site.id, (refused) => !originAllowed(site, refused));
      await audit(actor, 'site.allow', `${site.name}: ${origin}`);
      return reply(siteOf(site));
    },
  });

  guarded({
    method: 'get',
    path: '/sites/:id/install',
    tag: 'Sites',
    access: 'sites.manage',
    status: 200,
    answer: InstallAnswer,
    summary: 'The snippet of a site, who was refused, and what is amiss',
    async handle({ actor, request, client, param }) {
      const site = ownSite(actor, param('id'));
      if (site === null) return REFUSALS.notFound;
      const here = originOf(request, { publicUrl: deps.config.publicUrl, secure: client.secure });
      return reply({
        site: siteOf(site),
        snippet: `<script async src="${escaped(here + deps.config.embedPath)}" data-site="${escaped(site.key)}"></script>`,
        refused: directory.refusedOrigins(site.id),
        refusedHashes: people.refusedHashes(site.id),
        warnings: warningsOf(here, deps.proxyNotTrusted()),
      });
    },
  });

  const shown = ({ secret, madeAt, beforeUntil }: IdentitySecret) => ({
    secret,
    madeAt,
    beforeUntil: beforeUntil > clock.now() ? beforeUntil : 0,
  });

  guarded({
    method: 'get',
    path: '/sites/:id/identity',
    tag: 'Sites',
    access: 'sites.manage',
    status: 200,
    answer: SiteIdentityAnswer,
    summary: 'The identity secret of a site: with it its server proves to `identify` who somebody is',
    async handle({ actor, param }) {
      const site = ownSite(actor, param('id'));
      const secret = site && (await people.secretOf(site.id));
      return secret === null ? REFUSALS.notFound : reply(shown(secret));
    },
  });

  guarded({
    method: 'post',
    path: '/sites/:id/identity/rotate',
    tag: 'Sites',
    access: 'sites.manage',
    status: 200,
    answer: SiteIdentityAnswer,
    summary: 'Give a site a new identity secret; the one before is good for 24 hours',
    async handle({ actor, param }) {
      const site = ownSite(actor, param('id'));
      const secret = site && (await people.rotate(site.id));
      if (site === null || secret === null) return REFUSALS.notFound;
      await audit(actor, 'site.identity', `${site.name}: new identity secret`);
      return reply(shown(secret));
    },
  });
}

function warningsOf(publicUrl: string, proxyNotTrusted: boolean): Install['warnings'] {
  const warnings: Install['warnings'] = [];
  const { protocol, hostname } = new URL(publicUrl);
  if (isLocalHost(hostname)) {
    warnings.push({
      code: 'local_public_url',
      message: 'This snippet works on this machine only. Set FOYER_PUBLIC_URL to the address at which visitors reach Foyer.',
    });
  } else if (protocol === 'http:') {
    warnings.push({
      code: 'http_public_url',
      message: 'Foyer is reached over http. Pages on https cannot load the snippet: put Foyer behind https and set FOYER_PUBLIC_URL.',
    });
  }
  if (proxyNotTrusted) {
    warnings.push({
      code: 'proxy_not_trusted',
      message:
        'Nearly all visitors seem to come from one private address, so their places are unknown. If that is your proxy, name it in FOYER_TRUST_PROXY.',
    });
  }
  return warnings;
}

/** The host of a request is whatever the client wrote into it. */
function escaped(text: string): string {
  return text.replace(/[&"<>]/g, (char) => `&#${char.charCodeAt(0)};`);
}
