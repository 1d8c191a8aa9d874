import { WidgetLookPatch } from '@foyer/protocol';
import { LookAnswer } from '../chat-answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { REFUSALS, reply } from '../replies.ts';

export function lookRoutes({ guarded }: Endpoints, { directory, store, clock }: HttpDeps): void {
  guarded({
    method: 'get',
    path: '/sites/:id/look',
    tag: 'Sites',
    access: 'chat',
    status: 200,
    answer: LookAnswer,
    summary: 'What the widget of a site looks like, and what it asks and offers',
    async handle({ actor, param }) {
      const site = directory.site(param('id'));
      return site?.workspace === actor.workspace ? reply(directory.look(site.id)) : REFUSALS.notFound;
    },
  });

  guarded({
    method: 'patch',
    path: '/sites/:id/look',
    tag: 'Sites',
    access: 'sites.manage',
    status: 200,
    body: WidgetLookPatch,
    answer: LookAnswer,
    summary: 'Change the widget of a site; what is not said stays',
    about: 'Open pages draw it anew at once; `enabled: false` takes it off them.',
    async handle({ actor, body, param }) {
      const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const look = await directory.changeLook(actor.workspace, param('id'), (now) => ({ ...now, ...said }));
      if (look === null) return REFUSALS.notFound;
      await store.audit({
        workspace: actor.workspace,
        user: actor.user.id,
        at: clock.now(),
        action: 'site.look',
        detail: `${directory.site(param('id'))?.name ?? ''}: ${Object.keys(said).join(', ')}`,
      });
      return reply(look);
    },
  });
}
