import type { Hono } from 'hono';
import type { PublicLook } from '@foyer/protocol';
import type { SiteRecord } from '../../ports/team-store.ts';
import { KeyedBuckets, READS_PER_ADDRESS } from '../rate-limits.ts';
import { lookRevision } from '../visitor/greetings.ts';
import type { HttpDeps } from './deps.ts';
import type { Failures } from './failures.ts';
import { REFUSALS, refuse, type Refusal, refusalResponse } from './replies.ts';
import { remoteAddressOf } from './remote-address.ts';

/** Said anew at most this often: who is online changes by the minute, and a page with a thousand readers asks a thousand times. */
const KEEP_MS = 5_000;
const MOST_FACES = 3;
const HEADERS = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
} as const;

/** GET <embedPath>/look?site=KEY: all a widget needs to draw itself. Public, as the page it stands on is. */
export function publicLookRoutes(app: Hono, deps: HttpDeps, failures: Failures): void {
  const { directory, chat, chats, team, mailer, clock } = deps;
  const reads = new KeyedBuckets(READS_PER_ADDRESS);
  /** One for each site at most. */
  const kept = new Map<string, { readonly revision: string; readonly untilMs: number; readonly look: Promise<PublicLook> }>();

  async function make(site: SiteRecord, revision: string): Promise<PublicLook> {
    const look = directory.look(site.id);
    const [members, teams] = await Promise.all([team.members(site.workspace), look.askTeam ? chats.teams(site.workspace) : []]);
    const here = (['online', 'away'] as const).flatMap((as) => members.filter(({ id }) => chat.availability(site.workspace, id) === as));
    return {
      ...look,
      revision,
      site: site.name,
      faces: here.slice(0, MOST_FACES).map(({ id }) => chat.faces('agent', id)),
      teams: teams.map(({ id, name }) => ({ id, name })),
      team: chat.team(site.workspace),
      mail: mailer.isOn(site.workspace),
    };
  }

  function lookOf(site: SiteRecord): Promise<PublicLook> {
    const revision = lookRevision(directory.look(site.id));
    const now = clock.mono();
    const known = kept.get(site.id);
    if (known && known.revision === revision && known.untilMs > now) return known.look;
    const look = make(site, revision);
    kept.set(site.id, { revision, untilMs: now + KEEP_MS, look });
    look.catch(() => kept.delete(site.id));
    return look;
  }

  app.get(`${deps.config.embedPath}/look`, async (c) => {
    try {
      const client = deps.client(c.req.raw, remoteAddressOf(c));
      const waitMs = reads.take(client.addressHash, clock.mono());
      if (waitMs > 0) return refused(refuse(429, 'too_fast', 'Too many requests. Try again in a moment.', { retryAfterMs: waitMs }));
      const site = directory.siteByKey(c.req.query('site') ?? '');
      if (!site) return refused(REFUSALS.notFound);
      if (directory.isBlocked(site.workspace, client)) return refused(refuse(403, 'blocked', 'There is no chat for you here.'));
      // Asked with the word of `welcome`, so a changed look is another address.
      return Response.json(await lookOf(site), { headers: { ...HEADERS, 'cache-control': 'public, max-age=60' } });
    } catch (error) {
      return refused(failures.caught(error, `GET ${deps.config.embedPath}/look`));
    }
  });
}

function refused(refusal: Refusal): Response {
  const response = refusalResponse(refusal);
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  return response;
}
