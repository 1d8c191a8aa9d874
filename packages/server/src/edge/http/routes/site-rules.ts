import { domainToASCII } from 'node:url';
import { compileContexts, compileGoals, completeGoals, PageRules, shippedRules } from '@foyer/domain/rules';
import {
  CONTEXT_SETS,
  type ContextEntry,
  ContextsBody,
  GoalsBody,
  type PagePattern,
  type SiteContexts,
  type SiteGoals,
  TryPageBody,
} from '@foyer/protocol';
import type { SiteRecord } from '../../../ports/team-store.ts';
import type { Actor } from '../../../team/sessions.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { typedPageUrl } from '../page-url.ts';
import { invalid, REFUSALS, reply } from '../replies.ts';
import { SiteContextsAnswer, SiteGoalsAnswer, TriedPageAnswer } from '../site-rules-answers.ts';

const BAD_URL = invalid({ url: 'this is no web address: https://shop.example.com/cart, shop.example.com/cart or /cart' });

export function siteRulesRoutes({ guarded }: Endpoints, { directory, siteRules, store, clock }: HttpDeps): void {
  const ownSite = (actor: Actor, id: string): SiteRecord | null => {
    const site = directory.site(id);
    return site?.workspace === actor.workspace ? site : null;
  };
  const audit = (actor: Actor, action: string, detail: string): Promise<void> =>
    store.audit({ workspace: actor.workspace, user: actor.user.id, at: clock.now(), action, detail });
  const contextsOf = (site: string): SiteContexts => ({
    entries: siteRules.contexts(site),
    sets: CONTEXT_SETS.map((set) => ({ set, rules: shippedRules(set) })),
  });
  const goalsOf = (site: string): SiteGoals => ({ goals: siteRules.goals(site), unknown: siteRules.unknown(site) });

  guarded({
    method: 'get',
    path: '/sites/:id/contexts',
    tag: 'Sites',
    access: 'visitors.see',
    status: 200,
    answer: SiteContextsAnswer,
    summary: 'What pages of a site are, by rules in order; and what each shipped set says',
    async handle({ actor, param }) {
      const site = ownSite(actor, param('id'));
      return site ? reply(contextsOf(site.id)) : REFUSALS.notFound;
    },
  });

  guarded({
    method: 'put',
    path: '/sites/:id/contexts',
    tag: 'Sites',
    access: 'settings.change',
    status: 200,
    body: ContextsBody,
    answer: SiteContextsAnswer,
    summary: 'Replace the rules of a site',
    about: 'They act at once; a visit that runs follows them with its next page.',
    async handle({ actor, body, param }) {
      const entries = withAsciiHosts(body.entries);
      const compiled = compileContexts(entries);
      if (!compiled.ok) return invalid(compiled.error);
      const site = ownSite(actor, param('id'));
      if (!site || !(await directory.putContexts(actor.workspace, site.id, entries))) return REFUSALS.notFound;
      await audit(actor, 'site.contexts', site.name);
      return reply(contextsOf(site.id));
    },
  });

  guarded({
    method: 'post',
    path: '/sites/:id/contexts/try',
    tag: 'Sites',
    access: 'settings.change',
    status: 200,
    body: TryPageBody,
    answer: TriedPageAnswer,
    summary: 'What the rules say of an address: those that are saved, or those given',
    async handle({ actor, body, param }) {
      const site = ownSite(actor, param('id'));
      if (!site) return REFUSALS.notFound;
      const entries = body.entries && withAsciiHosts(body.entries);
      const contexts = compileContexts(entries ?? siteRules.contexts(site.id));
      if (!contexts.ok) return invalid(contexts.error);
      const complete = body.goals ? completeGoals(body.goals) : null;
      if (complete?.ok === false) return invalid(complete.error);
      const goals = compileGoals(complete?.value ?? siteRules.goals(site.id));
      if (!goals.ok) return invalid(goals.error);
      // As the tracker would send it: what the site does not keep no rule sees.
      const rules = new PageRules(contexts.value, goals.value);
      const url = rules.clean(typedPageUrl(body.url, site.domain) ?? '', site);
      if (url === '') return BAD_URL;
      return reply({ url, ...rules.judge(url), ...contexts.value.explain(url) });
    },
  });

  guarded({
    method: 'get',
    path: '/sites/:id/goals',
    tag: 'Sites',
    access: 'visitors.see',
    status: 200,
    answer: SiteGoalsAnswer,
    summary: 'The goals of a site, and names that its pages declare without there being such a goal',
    async handle({ actor, param }) {
      const site = ownSite(actor, param('id'));
      return site ? reply(goalsOf(site.id)) : REFUSALS.notFound;
    },
  });

  guarded({
    method: 'put',
    path: '/sites/:id/goals',
    tag: 'Sites',
    access: 'settings.change',
    status: 200,
    body: GoalsBody,
    answer: SiteGoalsAnswer,
    summary: 'Replace the goals of a site; Checkout and Lead captured stay, switched off at most',
    async handle({ actor, body, param }) {
      const complete = completeGoals(body.goals.map((goal) => ({ ...goal, pages: goal.pages.map(withAsciiHost) })));
      if (!complete.ok) return invalid(complete.error);
      const compiled = compileGoals(complete.value);
      if (!compiled.ok) return invalid(compiled.error);
      const site = ownSite(actor, param('id'));
      if (!site || !(await directory.putGoals(actor.workspace, site.id, complete.value))) return REFUSALS.notFound;
      await audit(actor, 'site.goals', `${site.name}: ${complete.value.map(({ name }) => name).join(', ')}`);
      return reply(goalsOf(site.id));
    },
  });
}

/** Browsers send `xn--…` of a host that people write as they speak it. */
function asciiHost(host: string): string {
  return host
    .split('.')
    .map((label) => (/^[\p{L}\p{N}-]+$/u.test(label) ? domainToASCII(label) || label : label))
    .join('.');
}

const withAsciiHost = (pattern: PagePattern): PagePattern => ({ ...pattern, host: asciiHost(pattern.host) });
const withAsciiHosts = (entries: readonly ContextEntry[]): ContextEntry[] =>
  entries.map((entry) => (entry.kind === 'rule' ? { ...entry, host: asciiHost(entry.host) } : entry));
